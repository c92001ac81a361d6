import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newPage } from './browser.js';
import { openToldLab } from './told-lab.js';

describe('the page with five modes', () => {
  const { lab, browser } = openToldLab();

  /** How far what stands in one part reaches over another. */
  const overlap = (page: Page) =>
    page.evaluate(() => {
      const [losses, log] = ['losses', 'log'].map((id) => document.getElementById(id)!.getBoundingClientRect());
      const beside = losses!.bottom > log!.top && losses!.top < log!.bottom;
      const reach = Math.max(
        ...[...document.querySelectorAll('#losses *')].map((one) => one.getBoundingClientRect().right),
      );
      return { into: beside ? Math.max(0, reach - log!.left) : 0, cut: Math.max(0, reach - losses!.right) };
    });

  it.each([900, 1280, 1400, 1700, 2000])('keeps the losses out of the history, %d pixels wide', async (width) => {
    const { page } = await newPage(browser(), lab().link, { viewport: { width, height: 900 } });
    await page.locator('#losses td').first().waitFor();
    expect(await overlap(page)).toEqual({ into: 0, cut: 0 });
    await page.context().close();
  });

  it('lets the losses be scrolled where the screen is narrower than they are, and nothing else with them', async () => {
    const { page } = await newPage(browser(), lab().link, { viewport: { width: 390, height: 844 } });
    await page.locator('#losses td').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const [skip] = await page
      .locator('#skip a')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right).toSorted((a, b) => b - a));
    expect(skip).toBeLessThan(0);
    expect(await page.locator('#losses').getAttribute('tabindex')).toBe('0');
    await page.context().close();
  });

  it('has failed requests in the colour of lost sessions, at the head of a mode and in the table', async () => {
    const { page } = await newPage(browser(), lab().link);
    const colour = (what: string) =>
      page.locator(what).evaluate((one) => [getComputedStyle(one).color, getComputedStyle(one).fontWeight]);
    const row = (thing: string) => `#losses tr:has-text("${thing}") td:nth-of-type(2)`;
    expect(await colour(row('requests: the front door'))).toEqual(await colour(row('sessions: its pod died')));
    const head = page.locator('.column[aria-label="stateless mode"] .lost');
    expect(await head.innerText()).toBe('0 sessions lost, 2345 requests failed');
    expect(await head.getAttribute('class')).toContain('some');
    await page.context().close();
  });

  it('says in place why two modes ask differently often for the same customers, and where sessions are that no pod holds', async () => {
    const { page } = await newPage(browser(), lab().link);
    const column = (mode: string) => page.locator(`.column[aria-label="${mode} mode"]`);
    expect(await column('stateless').locator('.rates').innerText()).toBe(
      '24 req/s (two for each look), 99 of 100 answers within 9.0 ms (p99) over the last 5 s',
    );
    expect(await column('sticky').locator('.rates').innerText()).toContain('24 req/s (one for each look)');
    expect(await column('shared').locator('.tile').first().innerText()).toMatch(/sessions\s*in Redis/);
    await page.getByText('What the words mean').click();
    expect(await page.locator('#words').innerText()).toMatch(/boot\s+One life of a pod/);
    await page.context().close();
  });

  it.each([1700, 2000])('has all of them in one row, %d pixels wide', async (width) => {
    const { page } = await newPage(browser(), lab().link, { viewport: { width, height: 900 } });
    const tops = await page.locator('.column').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(1);
    // Narrow, and not as bare as those of a mode with many pods.
    expect((await page.locator('.tile .customers').first().boundingBox())!.height).toBeGreaterThan(10);
    const cut = await page
      .locator('.tile dd')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth));
    expect(cut).toEqual([]);
    await page.context().close();
  });

  it('prints each customer as a dot in its pod, and no canvas that was laid out for the screen', async () => {
    const { page } = await newPage(browser(), lab().link);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#motion').isVisible()).toBe(false);
    const dots = await page
      .locator('[data-seats="session-sticky-0"]')
      .evaluate((seats) => [seats.dataset['dots'], getComputedStyle(seats, '::after').content]);
    expect(dots).toEqual(['●●●', '"●●●"']);
    await page.context().close();
  });
});
