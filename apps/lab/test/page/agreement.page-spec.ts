import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import type { BankSnapshot } from '../../src/protocol/snapshots.js';
import { show } from './browser.js';
import { openPage } from './opened.js';

const modes = ['stateless', 'sticky'] as const;

describe('the page, the terminal and the scorecard of one run', () => {
  const { lab, page } = openPage();
  const crowd = async () => ((await (await fetch(`${lab().url}/state`)).json()) as BankSnapshot).crowd!;
  const column = (mode: string) => page().locator(`.column[aria-label="${mode} mode"]`);

  it('tell the same of what was asked, failed and lost', async () => {
    await column('sticky')
      .locator('.customers', { hasText: /^[1-9]/ })
      .first()
      .waitFor();
    await page()
      .getByRole('button', { name: /^Kill session-sticky/ })
      .first()
      .click();
    await page()
      .getByRole('button', { name: /, and lose / })
      .click();
    await eventually(async () => (await crowd()).modes.some(({ lost }) => lost > 0));
    await show(page(), 'panel=crowd');
    await page()
      .getByRole('slider', { name: /Customers in each mode/ })
      .focus();
    await page().keyboard.press('Home');
    await eventually(async () => (await crowd()).customers.length === 0, 60_000);
    // The page is told each second, and the terminal says what is new every five.
    await sleep(7_000);

    const { modes: counted } = await crowd();
    const onPage = await Promise.all(modes.map((mode) => column(mode).locator('.lost').innerText()));
    const lossesTable = await page().locator('#losses tbody tr').allInnerTexts();
    await lab().stop();
    const closing = lab().printed;
    const live = modes.map((mode) => closing.match(new RegExp(`${mode}: \\d+ customers.*`, 'g'))?.at(-1));
    for (const [at, mode] of modes.entries()) {
      const { requests, failed, lost, opened, failedBy, lostBy } = counted.find((one) => one.mode === mode)!;
      expect(onPage[at]).toMatch(new RegExp(`^${lost} sessions? lost, ${failed} requests? failed$`));
      expect(live[at]).toMatch(new RegExp(` ${opened} sessions, ${lost} lost, ${failed} failed requests`));
      expect(closingFigures(closing, 'requests')[at]).toBe(requests);
      expect(closingFigures(closing, 'requests failed')[at]).toBe(failed);
      expect(closingFigures(closing, 'sessions lost')[at]).toBe(lost);
      expect(sum(failedBy)).toBe(failed);
      expect(sum(lostBy)).toBe(lost);
      expect(lossesTable.map((row) => Number(row.split('\t')[at + 1])).reduce((one, other) => one + other, 0)).toBe(
        failed + lost,
      );
    }
  }, 180_000);
});

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((one, other) => one + other, 0);

/** A row of the closing scorecard: the figure of each mode. */
function closingFigures(printed: string, label: string): number[] {
  const row = printed.split('\n').findLast((line) => new RegExp(`^ *${label} {2,}[\\d—–-]`).test(line)) ?? '';
  return row
    .replace(label, '')
    .trim()
    .split(/ {2,}/)
    .map((cell) => Number(cell.replace(/\D/g, '')));
}
