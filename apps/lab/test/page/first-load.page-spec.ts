import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { newPage } from './browser.js';
import { openLab } from './opened.js';

/** The issue's bounds. */
const interactiveMs = 1_000;
const scriptBytes = 150_000;

describe('the first load of the page', () => {
  const { lab, browser } = openLab();

  it(`can be used within ${interactiveMs} ms`, async () => {
    const figures: number[] = [];
    // A machine that is busy with something else for a moment gets a second chance.
    while (figures.length < 2 && !figures.some((ms) => ms <= interactiveMs)) {
      const { page } = await newPage(browser(), lab().link);
      figures.push(
        await page.evaluate(() => {
          const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
          const [displayed] = performance.getEntriesByName('tellers-usable');
          return Math.max(navigation!.domInteractive, displayed!.startTime);
        }),
      );
      await page.context().close();
    }
    console.info(`Pods shown and buttons live after ${figures.map((ms) => `${ms.toFixed(0)} ms`).join(', then ')}`);
    expect(Math.min(...figures)).toBeLessThanOrEqual(interactiveMs);
  });

  it(`brings at most ${scriptBytes / 1_000} kB of script, compressed`, async () => {
    const page = await (await fetch(lab().url)).text();
    const scripts = [...page.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, path]) => path!);
    expect(scripts).toHaveLength(1);
    const texts = await Promise.all(scripts.map(async (path) => (await fetch(`${lab().url}/${path}`)).text()));
    const bytes = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
    console.info(`${(bytes / 1_000).toFixed(1)} kB of script compressed`);
    expect(bytes).toBeLessThanOrEqual(scriptBytes);
  });

  it('asks no other host, keeps its token out of the address, and complains of nothing', async () => {
    const { page, complaints, strays } = await newPage(browser(), lab().link);
    for (const panel of ['session', 'scaling', 'experiments', 'crowd']) await page.click(`#tab-${panel}`);
    await page.locator('#audit.exact').waitFor();
    expect(page.url()).not.toContain('token');
    expect({ complaints, strays }).toEqual({ complaints: [], strays: [] });
  });

  it('shows what a link asks for', async () => {
    const { page } = await newPage(browser(), `${lab().link}&panel=session&mode=stateless&tour=4`);
    expect(await page.locator('#panel-session').isVisible()).toBe(true);
    expect(await page.locator('#panel-session select').inputValue()).toBe('stateless');
    expect(await page.locator('#tour h2').textContent()).toMatch(/^4 of 5/);
  });
});
