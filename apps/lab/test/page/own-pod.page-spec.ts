import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { modes } from '../../src/bank/modes.js';
import type { OwnSessionSnapshot } from '../../src/protocol/actions.js';
import { newPage, show } from './browser.js';
import { openToldLab, workloadOf } from './told-lab.js';

const { lab, browser } = openToldLab();
const session: OwnSessionSnapshot = {
  id: 's',
  mode: 'sticky',
  name: 'Customer 1',
  pod: 'session-sticky-0',
  bootId: 'b1',
  step: 'signed-in',
  may: ['look', 'payee', 'sign-out'],
  remembers: null,
  carries: [],
  lost: null,
  recordings: [],
};
const booted = (bootId: string) =>
  [modes.stateless, modes.sticky].map(({ workload }) => workloadOf(workload, { bootId }));
let page: Page;
const mine = () => page.locator('.tile.mine');

beforeAll(async () => {
  ({ page } = await newPage(browser(), lab().link));
  lab().answers.set('/sessions', () => session);
  await show(page, 'panel=session&mode=sticky');
});

it('is marked while the process runs that knows you, and not when another one has taken its name', async () => {
  await page.click('[data-ask="sign-in"]:enabled');
  await mine().waitFor();
  expect(await page.getByRole('button', { name: 'Kill session-sticky-0, where I am' }).isEnabled()).toBe(true);
  lab().tell({ workloads: booted('b2') });
  await mine().waitFor({ state: 'detached' });
  expect(await page.locator('.yours:visible').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Kill the pod that I am at' }).isEnabled()).toBe(false);
});

it('is not marked when another lab has taken over, which knows no session of yours', async () => {
  lab().tell({ workloads: booted('b1') });
  await mine().waitFor();
  lab().tell({}, 'another');
  await mine().waitFor({ state: 'detached' });
  expect(await page.locator('[data-ask="sign-in"]').isEnabled()).toBe(true);
});
