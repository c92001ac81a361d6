import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { BreakableDoor } from './breakable-door.js';
import { launchBrowser, newPage, seen } from './browser.js';
import { LabProcess } from './lab-process.js';

describe('a page whose connection breaks', () => {
  let lab: LabProcess;
  let browser: Browser;
  let door: BreakableDoor;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    lab = await LabProcess.start();
    door = new BreakableDoor(Number(new URL(lab.url).port));
    const url = await door.open();
    ({ page } = await newPage(browser, lab.link.replace(lab.url, url)));
  });
  afterAll(async () => {
    await browser?.close();
    door?.close();
    await lab?.stop();
  });

  it('says so, and goes on where it was once it is back', async () => {
    door.cut();
    await page.locator('#connection.lost', { hasText: /^Connection lost at \d/ }).waitFor();
    expect(await page.locator('body').getAttribute('class')).toContain('stale');
    door.mend();
    await page.locator('#connection.live', { hasText: /^Live again, after \d+ s/ }).waitFor();
    expect(door.resumedAfter).toMatch(/-\d+$/);
    await page.waitForFunction(() => !document.body.classList.contains('stale'));
  });

  it('says that it cannot act meanwhile, and why', async () => {
    door.cut();
    await page.getByRole('button', { name: 'Kill account-1' }).click();
    expect(await seen(page.locator('.said.refused p'))).toContain('The lab does not answer');
    door.mend();
    await page.locator('#connection.live').waitFor();
  });

  it('knows a lab that was restarted, whose token is another one', async () => {
    await lab.stop();
    await page.locator('#connection.lost').waitFor();
    lab = await LabProcess.start();
    door.port = Number(new URL(lab.url).port);
    await page.locator('#connection.live', { hasText: 'The lab was restarted' }).waitFor();
    await page.getByRole('button', { name: 'Kill account-1' }).click();
    expect(await seen(page.locator('#why'))).toContain('open the link that it printed');
    // And with that link it can act again.
    await page.evaluate((token) => void (location.hash = `token=${token}`), /token=(.*)$/.exec(lab.link)![1]);
    await page.getByRole('button', { name: 'Kill account-1' }).waitFor();
  });
});
