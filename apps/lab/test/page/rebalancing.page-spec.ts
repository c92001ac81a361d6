import { expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BankSnapshot } from '../../src/protocol/snapshots.js';
import { newPage, show } from './browser.js';
import { openLab } from './opened.js';

const { lab, browser } = openLab('--customers', '60', '--rate', '10');
const newcomer = 'session-handoff-2';
const lookEveryMs = 500;
const watchedMs = 60_000;

it('shows a pod that is added, and customers who move over to it one by one', async () => {
  const { page } = await newPage(browser(), lab().link);
  const homes = async (): Promise<Map<number, string | null>> => {
    const { crowd } = (await (await fetch(`${lab().url}/state`)).json()) as BankSnapshot;
    const ours = crowd!.customers.filter(({ mode }) => mode === 'handoff');
    return new Map(ours.map(({ id, pod }) => [id, pod]));
  };
  await show(page, 'panel=crowd');
  await page.getByRole('checkbox', { name: 'handoff' }).check();
  for (const end = Date.now() + watchedMs; (await homes()).size < 50 && Date.now() < end;) await sleep(lookEveryMs);
  await show(page, 'panel=scaling');
  await page.getByRole('button', { name: 'One pod more of session-handoff' }).click();
  const tile = page.locator('.tile', { hasText: newcomer });
  await tile.waitFor();
  // Whoever was at home elsewhere and is there now has moved; whoever came later may have been led there.
  let before = await homes();
  const moves: number[] = [];
  const moved = (): number => moves.reduce((sum, one) => sum + one, 0);
  // How many move in all depends on how many had come before the pod: on a slow machine, a few.
  for (const end = Date.now() + watchedMs; (moved() < 5 || moves.length < 3) && Date.now() < end;) {
    await sleep(lookEveryMs);
    const now = await homes();
    const seen = [...now].filter(([id, pod]) => pod === newcomer && (before.get(id) ?? newcomer) !== newcomer).length;
    if (seen > 0) moves.push(seen);
    before = now;
  }
  expect(moved()).toBeGreaterThanOrEqual(5);
  // One by one: several looks each found some.
  expect(moves.length).toBeGreaterThanOrEqual(3);
  expect(await tile.locator('.customers').innerText()).toMatch(/^([3-9]|\d\d) customers/);
  const losses = await page.locator('.column[aria-label="handoff mode"] .lost').innerText();
  expect(losses).toMatch(/^0 sessions lost/);
}, 180_000);
