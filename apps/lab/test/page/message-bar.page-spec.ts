import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newPage } from './browser.js';
import { openToldLab } from './told-lab.js';

const { lab, browser } = openToldLab();
let page: Page;
beforeAll(async () => {
  ({ page } = await newPage(browser(), lab().link));
  await page.clock.install();
});
const said = () => page.locator('.said');
const stop = async () => {
  await page.getByRole('button', { name: 'Stop account-0' }).click();
  await said().locator('p', { hasText: 'It was done' }).waitFor();
  await page.mouse.move(0, 0);
};

it('goes by itself, once what was said could be read', async () => {
  await stop();
  await page.clock.runFor(15_000);
  expect(await said().isVisible()).toBe(true);
  await page.clock.runFor(10_000);
  expect(await said().isVisible()).toBe(false);
});

it('stays for as long as the pointer is on it', async () => {
  await stop();
  await said().hover();
  await page.clock.runFor(60_000);
  expect(await said().isVisible()).toBe(true);
  await page.mouse.move(0, 0);
  await page.clock.runFor(25_000);
  expect(await said().isVisible()).toBe(false);
});

it('goes by Esc, and leaves the focus where it was', async () => {
  await stop();
  await page.keyboard.press('Escape');
  expect(await said().isVisible()).toBe(false);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Stop account-0');
});

it('gives the focus back to what was pressed when it is closed', async () => {
  await stop();
  await page.getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Stop account-0');
});

it('leaves room for itself: at the end of the page it covers nothing', async () => {
  await stop();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const [bar, above] = await page.evaluate(() => [
    document.querySelector('.said')!.getBoundingClientRect().top,
    document.querySelector('footer')!.getBoundingClientRect().bottom,
  ]);
  expect(bar).toBeGreaterThanOrEqual(above);
});
