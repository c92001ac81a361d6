import { describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { seen, show } from './browser.js';
import { openPage } from './opened.js';

describe('what a person does to the bank', () => {
  const { lab, page, watched } = openPage();

  const column = (mode: string) => page().locator(`.column[aria-label="${mode} mode"]`);
  const state = async () =>
    (await (await fetch(`${lab().url}/state`)).json()) as { crowd: { settings: { customers: number } } };

  it('adds a pod, which enters, and then is there for customers', async () => {
    await show(page(), 'panel=scaling');
    await page().getByRole('button', { name: 'One pod more of account' }).click();
    await column('stateless').locator('.tile', { hasText: 'account-3' }).waitFor();
    await page().locator('.said p', { hasText: 'account', hasNotText: 'under way' }).waitFor();
    await column('stateless').locator('.tile[data-phase="ready"]').nth(2).waitFor();
    expect(await column('stateless').locator('.pods').innerText()).toBe('3 pods');
    await page().locator('.scaling', { hasText: 'account-3, which came last' }).waitFor();
  });

  it('changes the crowd as soon as a slider is moved', async () => {
    await show(page(), 'panel=crowd');
    const slider = page().getByRole('slider', { name: /Customers in each mode/ });
    await slider.focus();
    for (let step = 0; step < 3; step++) await page().keyboard.press('ArrowRight');
    await eventually(async () => (await state()).crowd.settings.customers === 15);
    expect(await page().locator('.slider output').first().innerText()).toBe('15 at a time');
  });

  it('asks once where sessions would be lost, and leaves it when told so', async () => {
    await column('sticky')
      .locator('.customers', { hasText: /^[1-9]/ })
      .first()
      .waitFor();
    await page().getByRole('button', { name: 'Replace all pods of session-sticky' }).click();
    await page().getByRole('button', { name: 'Leave it' }).click();
    expect(await page().locator('dialog').isVisible()).toBe(false);
  });

  it('pauses Redis', async () => {
    await page().locator('#panel-crowd select').selectOption('2');
    await page().getByRole('button', { name: 'Pause Redis' }).click();
    expect(await seen(page().locator('.said p', { hasText: 'Redis', hasNotText: 'under way' }))).toMatch(/2 s/);
  });

  it('goes by the keyboard alone, from a pod to the dialog and back', async () => {
    const kill = page()
      .getByRole('button', { name: /^Kill session-sticky/ })
      .first();
    await kill.focus();
    await page().keyboard.press('Enter');
    await page().locator('dialog').waitFor();
    expect(await page().evaluate(() => document.activeElement?.textContent)).toBe('Leave it');
    await page().keyboard.press('Escape');
    await page().locator('dialog').waitFor({ state: 'hidden' });
    expect(await kill.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('complained of nothing', () => {
    expect(watched().complaints).toEqual([]);
    expect(watched().strays).toEqual([]);
  });
});
