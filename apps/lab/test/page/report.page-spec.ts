import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { answerOf } from '../../src/answer/answer.js';
import { renderHtml } from '../../src/report/html/page.js';
import { readScorecard } from '../../src/report/read-scorecard.js';
import { repositoryRoot } from '../../src/repository.js';
import { launchBrowser } from './browser.js';

const phone = { width: 390, height: 844 };
const screens = 4;

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'report-page-'));

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

describe.each(['docs/report', 'docs/report/kubernetes'])('the page of %s', (report) => {
  const scorecard = readScorecard(join(repositoryRoot, report));
  const file = join(folder, `${scorecard.settings.platform}.html`);
  writeFileSync(file, renderHtml(scorecard, answerOf(scorecard)));

  async function opened(
    viewport = { width: 1280, height: 900 },
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<Page> {
    const page = await browser.newPage({ viewport, colorScheme });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  it.each(['light', 'dark'] as const)(
    'answers in short on the first screen of a phone, in full within four, and is no wider, in the %s',
    async (scheme) => {
      const page = await opened(phone, scheme);
      const short = (await page.locator('.in-short').boundingBox())!;
      expect(short.y + short.height).toBeLessThanOrEqual(phone.height);
      const { y, height } = (await page.locator('#answer').boundingBox())!;
      expect(y + height).toBeLessThanOrEqual(screens * phone.height);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
      await page.close();
    },
  );

  it.each([320, 660, 768, 1024])('is no wider than a screen of %d pixels', async (width) => {
    const page = await opened({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.close();
  });

  it('prints the summary on one page, and everything on more, when asked', async () => {
    const page = await opened();
    expect(await printedPages(page)).toBe(1);
    await page.getByLabel('everything').check();
    expect(await printedPages(page)).toBeGreaterThan(10);
    await page.close();
  });

  it('begins the print of everything with the answer on a page of its own', async () => {
    const page = await opened({ width: 703, height: 1017 }); // What the margins leave of A4.
    await page.getByLabel('everything').check();
    await page.emulateMedia({ media: 'print' });
    const { y, height } = (await page.locator('#answer').boundingBox())!;
    expect(y + height).toBeLessThanOrEqual(1017);
    await page.close();
  });

  it('keeps details folded until a link leads there', async () => {
    const page = await opened();
    const details = page.locator('#amnesia');
    expect(await details.isVisible()).toBe(false);
    await page.locator('.answer a[href="#amnesia"]').first().click();
    await details.waitFor({ state: 'visible' });
    await page.close();
  });
});

/** Pages of A4 that it makes. */
async function printedPages(page: Page): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}
