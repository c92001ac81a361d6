import { expect, it } from '@jest/globals';
import { newPage } from './browser.js';
import { done, fiveModes, openToldLab } from './told-lab.js';

const { lab, browser } = openToldLab();

/** The bank some time after one kill in sticky, by which these were lost so far. */
function after(lost: number, awaited: number) {
  const { crowd } = fiveModes();
  const modes = crowd!.modes.map((mode) =>
    mode.mode === 'sticky' ? { ...mode, failed: 0, lost, lostBy: { 'owner-died': lost }, awaited } : mode,
  );
  const killed = {
    ...done,
    id: 'killed',
    did: 'session-sticky-0 was killed.',
    lost: lost > 0 ? { sticky: { 'owner-died': lost } } : {},
    awaited,
    isCounted: awaited === 0,
  };
  return { crowd: { ...crowd!, modes }, done: [killed] };
}

it('one kill is one count in every place, and each says when it is not the last one', async () => {
  const { page } = await newPage(browser(), lab().link);
  const head = () => page.locator('.column[aria-label="sticky mode"] .lost').innerText();
  const row = (label: string) => page.locator(`#losses tr:has-text("${label}") td:nth-of-type(2)`);
  lab().answers.set('/pods/session-sticky-0/kill', () => after(0, 3).done[0]);
  await page.getByRole('button', { name: 'Kill session-sticky-0' }).click();
  expect(await page.locator('dialog p').first().innerText()).toMatch(/^3 sessions live only there now/);
  await page.getByRole('button', { name: 'Kill, and lose them' }).click();

  lab().tell(after(2, 1));
  await page
    .locator('.said', { hasText: 'Lost by now: 2 sessions in sticky (its pod died); 1 customer not' })
    .waitFor();
  expect(await head()).toBe('2 sessions lost by now (1 customer not back yet), 0 requests failed');
  expect([await row('its pod died').innerText(), await row('not back yet').innerText()]).toEqual(['2', '1']);

  lab().tell(after(3, 0));
  await page.locator('.said p', { hasText: 'Lost in the end: 3 sessions in sticky (its pod died).' }).waitFor();
  expect(await page.locator('.said .counting').innerText()).toBe('');
  expect(await head()).toBe('3 sessions lost, 0 requests failed');
  expect(await row('its pod died').innerText()).toBe('3');
  expect(await row('not back yet').count()).toBe(0);
  await page.context().close();
});
