import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BreakableProxy } from './breakable-proxy.js';
import { launchBrowser, newPage, seen } from './browser.js';
import { LabProcess } from './lab-process.js';

describe('a page whose connection breaks', () => {
  let lab: LabProcess;
  let browser: Browser;
  let proxy: BreakableProxy;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    lab = await LabProcess.start();
    proxy = new BreakableProxy(Number(new URL(lab.url).port));
    const url = await proxy.open();
    ({ page } = await newPage(browser, lab.link.replace(lab.url, url)));
  });
  afterAll(async () => {
    await browser?.close();
    proxy?.close();
    await lab?.stop();
  });

  it('says so, and goes on where it was once it is back', async () => {
    proxy.cut();
    await page.locator('#connection.lost', { hasText: /^Connection lost at \d/ }).waitFor();
    expect(await page.locator('body').getAttribute('class')).toContain('stale');
    proxy.mend();
    await page.locator('#connection.live', { hasText: /^Live again, after \d+ s/ }).waitFor();
    expect(proxy.resumedAfter).toMatch(/-\d+$/);
    await page.waitForFunction(() => !document.body.classList.contains('stale'));
  });

  it('says that it cannot act meanwhile, and why', async () => {
    proxy.cut();
    await page.getByRole('button', { name: 'Kill account-1' }).click();
    expect(await seen(page.locator('.said.refused p'))).toContain('The lab does not answer');
    proxy.mend();
    await page.locator('#connection.live').waitFor();
  });

  it('knows a lab that was restarted, whose token is another one', async () => {
    await lab.stop();
    await page.locator('#connection.lost').waitFor();
    lab = await LabProcess.start();
    proxy.port = Number(new URL(lab.url).port);
    await page.locator('#connection.live', { hasText: 'The lab was restarted' }).waitFor();
    await page.getByRole('button', { name: 'Kill account-1' }).click();
    expect(await seen(page.locator('#why'))).toContain('open the link that it printed');
    // And with that link it can act again.
    await page.evaluate((token) => void (location.hash = `token=${token}`), /token=(.*)$/.exec(lab.link)![1]);
    await page.getByRole('button', { name: 'Kill account-1' }).waitFor();
  });
});
