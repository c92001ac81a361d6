import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newPage, seen, type Watched } from './browser.js';
import { openLab } from './opened.js';

describe('the guided tour of a bank to which nobody comes', () => {
  const { lab, browser } = openLab('--customers', '0');
  let watched: Watched;
  beforeAll(async () => (watched = await newPage(browser(), lab().link)));
  const page = (): Page => watched.page;
  const action = () => page().locator('#tour button').first();
  const primary = () => page().locator('#tour button.primary:visible').allInnerTexts();
  const did = () => page().locator('#tour .did', { hasText: 'done' }).waitFor();
  const said = (what: RegExp) => seen(page().locator('.said p', { hasText: what }));
  const next = () => page().getByRole('button', { name: 'Next' }).click();

  it('lets customers come', async () => {
    await page().getByRole('button', { name: 'Guided tour' }).click();
    await page().getByRole('button', { name: 'Let 20 customers come to each' }).click();
    await action().waitFor({ state: 'hidden' });
    expect(await primary()).toEqual(['Next']);
    expect(
      await seen(
        page()
          .locator('.customers', { hasText: /^[1-9]/ })
          .first(),
      ),
    ).toContain('customer');
  });

  it('makes you a customer, and kills the pod that remembers you', async () => {
    await next();
    expect(await primary()).toEqual(['Sign in, and begin a transfer']);
    await action().click();
    await page().locator('.yours:visible').first().waitFor();
    await did();
    expect(await primary()).toEqual(['Next']);
    await next();
    expect(await primary()).toEqual(['Kill my pod, then go on']);
    await action().click();
    await page().getByRole('button', { name: 'Leave it' }).click();
    expect(await primary()).toEqual(['Kill my pod, then go on']);
    await action().click();
    await page()
      .getByRole('button', { name: /^Kill, and lose/ })
      .click();
    expect(await said(/was killed/)).toContain('Yours was in it');
    await page().locator('#panel-session', { hasText: 'its pod died' }).waitFor();
    // It waits for nobody else to come back.
    expect(await page().locator('.said .counting').innerText()).toMatch(/^Lost by now/);
    await did();
    // Where the reader is sent to look, nothing lies over it and nothing has to be scrolled.
    const money = page().locator('#audit');
    expect(await money.innerText()).toMatch(/^Money: exact/);
    const isOnTop = await money.evaluate((line) => {
      const { left, top, width, height } = line.getBoundingClientRect();
      return line.contains(document.elementFromPoint(left + Math.min(width, 80) / 2, top + height / 2));
    });
    expect(isOnTop).toBe(true);
    await said(/Lost in the end: \d+ sessions? in sticky|No customer lost/);
  });

  it('makes you a customer of stateless, too, kills the pod that answered you, and goes on with your transfer', async () => {
    await next();
    await action().click();
    await said(/account-\d was killed.*No customer lost a session/);
    await page().locator('#panel-session .steps [aria-current]:text-is("Amount said")').waitFor();
    expect(await page().locator('.facts .alarm').isVisible()).toBe(false);
  });

  it('adds a pod to each', async () => {
    await next();
    await action().click();
    await page().locator('.tile', { hasText: 'session-sticky-2' }).waitFor();
    expect(await seen(page().locator('.column[aria-label="stateless mode"] .tile').nth(2))).toContain('account-');
  });

  it('has no button that does nothing, at its first step or its last', async () => {
    const buttons = () => page().locator('#tour button:visible').allInnerTexts();
    await did();
    expect(await primary()).toEqual(['End the tour']);
    expect(await buttons()).toEqual(['One pod more for each', 'Back', 'End the tour']);
    expect(await page().locator('#tour button:disabled:visible').count()).toBe(0);
    await page().evaluate(() => void (location.hash = 'tour=1'));
    await page().locator('#tour h2', { hasText: '1 of 5' }).waitFor();
    expect(await buttons()).toEqual(['Next', 'End the tour']);
  });

  it('is closed by its end, and gives the page its room back', async () => {
    await page().getByRole('button', { name: 'End the tour' }).click();
    expect(await page().locator('#tour').isVisible()).toBe(false);
    expect(await page().evaluate(() => document.activeElement?.id)).toBe('tour-begin');
  });

  it('complained of nothing', () => {
    expect(watched.complaints).toEqual([]);
  });
});
