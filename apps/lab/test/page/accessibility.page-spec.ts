import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { newPage, seen, show, tabTo } from './browser.js';
import { openLab } from './opened.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on the page as it is now, in a line each. */
async function findingsOn(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the page for everybody', () => {
  const { lab, browser } = openLab();

  const phone = { width: 390, height: 844 };
  it.each<[string, BrowserContextOptions]>([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['light on a phone', { colorScheme: 'light', viewport: phone }],
    ['dark on a phone', { colorScheme: 'dark', viewport: phone }],
  ])('has nothing that axe-core finds fault with, %s', async (_, options) => {
    const { page } = await newPage(browser(), lab().link, { ...options, reducedMotion: 'reduce' });
    for (const panel of ['crowd', 'scaling', 'experiments', 'session']) {
      await show(page, `panel=${panel}&mode=sticky&tour=2`);
      expect([panel, await findingsOn(page)]).toEqual([panel, []]);
    }
    await page.click('[data-ask="sign-in"]:enabled');
    await page.locator('.exchange').first().waitFor();
    await page.locator('.exchange summary').first().click();
    expect(await findingsOn(page)).toEqual([]);
    // Nothing is wider than the screen.
    const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
    expect(wide).toBeLessThanOrEqual(screen);
    await page.context().close();
  });

  it('can be used by the keyboard alone', async () => {
    const { page } = await newPage(browser(), lab().link);
    await page.getByRole('button', { name: 'Kill account-1' }).waitFor();
    await tabTo(page, /^Customers$/);
    await page.keyboard.press('ArrowRight');
    await page.locator('#panel-session').waitFor();
    await tabTo(page, /^Sign in$/);
    await page.keyboard.press('Enter');
    await page.locator('.steps [aria-current]:text-is("Signed in")').waitFor();
    await page.locator('[data-ask="payee"]:enabled').waitFor();
    await tabTo(page, /^Transfer, 1/);
    await page.keyboard.press('Enter');
    await page.locator('.steps [aria-current]:text-is("Payee said")').waitFor();
    await page.locator('[data-ask="look"]:enabled').waitFor();
    await tabTo(page, /^Kill session-sticky-\d, where I am$/);
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Leave it');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.said p', { hasText: 'was killed' }).waitFor();
  });

  it('says to who listens what others see falling', async () => {
    const { page } = await newPage(browser(), lab().link);
    const pod = page.locator('.column[aria-label="sticky mode"] .tile', {
      // So many do not all leave before the click.
      has: page.locator('.customers:text-matches("^([5-9]|[1-9][0-9])")'),
    });
    await pod.first().getByRole('button', { name: /^Kill/ }).click();
    await page.locator('dialog .danger').click();
    const heard = page.locator('#heard', { hasText: 'lost' });
    expect(await seen(heard)).toMatch(/\d+ sessions? lost in sticky, its pod died/);
  });
});
