import { describe, expect, it } from '@jest/globals';
import { newPage } from './browser.js';
import { openLab } from './opened.js';

describe('a page that may only look', () => {
  const { lab, browser } = openLab('--read-only');

  it('shows the bank, has nothing to act with, and says why', async () => {
    const { page, complaints, strays } = await newPage(browser(), `${lab().url}/#token=made-up`);
    await page.locator('#why', { hasText: 'This lab only looks' }).waitFor();
    for (const panel of ['session', 'experiments', 'scaling', 'crowd']) {
      await page.click(`#tab-${panel}`);
      expect(await page.locator('[data-act]:visible').count()).toBe(0);
    }
    expect(await page.getByRole('button', { name: /Kill|Stop|Replace|Sign in|Pause/ }).count()).toBe(0);
    expect({ complaints, strays }).toEqual({ complaints: [], strays: [] });
  });

  it('is refused what it asks for all the same', async () => {
    const reply = await fetch(`${lab().url}/pods/account-1/kill`, {
      method: 'POST',
      headers: { authorization: 'Bearer made-up' },
    });
    expect(reply.status).toBe(404);
  });
});
