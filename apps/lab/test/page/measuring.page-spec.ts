import { describe, expect, it } from '@jest/globals';
import { newPage } from './browser.js';
import { fiveModes, openToldLab } from './told-lab.js';

const running = { name: 'amnesia', startedAt: Date.now(), progress: 'round 1', secondsLeft: 60 };
const { crowd } = fiveModes();

describe('the page while an experiment runs', () => {
  const { lab, browser } = openToldLab({
    crowd: { ...crowd!, customers: [] },
    experiments: { known: [], running, done: [] },
  });

  it('draws whom the pods serve, and says whose they are', async () => {
    const { page, complaints } = await newPage(browser(), lab().link);
    const inside = (pod: string) => page.locator('.tile', { hasText: pod }).locator('.customers').innerText();
    expect(await inside('session-sticky-0')).toBe('5 sessions of the experiment');
    expect(await inside('account-1')).toBe('serves the experiment');
    expect(await page.locator('.column[aria-label="sticky mode"] .rates').innerText()).toBe(
      '24 req/s of the experiment, as the pods count',
    );
    expect(await page.locator('.column[aria-label="sticky mode"] .lost').innerText()).toMatch(
      /^before it: 1234 sessions/,
    );
    expect(await page.locator('#measuring').isVisible()).toBe(true);
    // Dots of sessions, where the canvas was empty.
    await page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('#motion')!;
      const seats = document.querySelector('[data-seats="session-sticky-0"]')!.getBoundingClientRect();
      const [left, top] = [
        seats.left - canvas.getBoundingClientRect().left,
        seats.top - canvas.getBoundingClientRect().top,
      ];
      const { data } = canvas.getContext('2d')!.getImageData(left, top, seats.width, seats.height);
      return data.some((value) => value > 0);
    });
    lab().tell({ experiments: { known: [], running: null, done: [] }, crowd });
    await page.locator('.tile', { hasText: 'session-sticky-0' }).locator('.customers:text-is("3 customers")').waitFor();
    expect(await page.locator('#measuring').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
