import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newPage, show, tabTo } from './browser.js';
import { fiveModes, openToldLab } from './told-lab.js';

const { lab, browser } = openToldLab();
let page: Page;
beforeAll(async () => ({ page } = await newPage(browser(), lab().link)));
beforeEach(() => lab().tell(fiveModes()));

const focused = () =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id);
const comesTo = (name: string) =>
  page.waitForFunction(
    (wanted) => [document.activeElement?.getAttribute('aria-label'), document.activeElement?.id].includes(wanted),
    name,
  );
const without = (pod: string) =>
  fiveModes().workloads.map((one) => ({ ...one, pods: one.pods.filter(({ name }) => name !== pod) }));

it('stays among the pods of a mode when the pod that was killed by the keyboard has gone, and on no other’s button', async () => {
  await page.getByRole('button', { name: 'Kill session-sticky-0' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('dialog').waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'hidden' });
  expect(await focused()).toBe('Kill session-sticky-0');
  lab().tell({ workloads: without('session-sticky-0') });
  await comesTo('Pods of session-sticky');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Kill session-sticky-1');
});

it('stays in its panel when a button can be pressed no more', async () => {
  await show(page, 'panel=experiments');
  await page.getByRole('button', { name: 'Start it' }).focus();
  const running = { name: 'amnesia', startedAt: Date.now(), progress: 'round 1', secondsLeft: 60 };
  lab().tell({ experiments: { known: [], running, done: [] } });
  await comesTo('panel-experiments');
  expect(await page.getByRole('button', { name: 'Start it' }).isEnabled()).toBe(false);
});

it('is left alone where somebody has let go of it', async () => {
  await page.getByRole('button', { name: 'Stop session-sticky-0' }).focus();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  lab().tell({});
  await page.waitForTimeout(300);
  lab().tell({ workloads: without('session-sticky-0') });
  await page.locator('.tile', { hasText: 'session-sticky-0' }).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
});

it('skips over all pods to the panels by the first links of the page, and shows what it showed', async () => {
  await page.reload();
  await page.locator('.tile').first().waitFor();
  const address = page.url();
  await tabTo(page, /^Skip to customers/);
  expect(await page.getByRole('link', { name: /^Skip to customers/ }).boundingBox()).toMatchObject({
    y: expect.any(Number),
  });
  await page.keyboard.press('Enter');
  await comesTo('Panels');
  expect(page.url()).toBe(address);
});
