import { describe, expect, it } from '@jest/globals';
import { show } from './browser.js';
import { openPage } from './opened.js';

describe('your own session', () => {
  const { page, watched } = openPage();

  /** Does a step, and waits until what it led to is there. */
  const ask = async (what: string, then: string): Promise<void> => {
    await page().click(`[data-ask="${what}"]:enabled`);
    await page().locator(`.steps [aria-current]:text-is("${then}")`).waitFor();
    await page().locator('[data-ask]:enabled').first().waitFor();
  };
  const facts = () => page().locator('.facts').innerText();
  const recordings = () => page().locator('.exchange summary').allInnerTexts();

  it('goes through the journey in a stateful mode', async () => {
    await show(page(), 'panel=session&mode=sticky');
    await ask('sign-in', 'Signed in');
    await ask('look', 'Signed in');
    await ask('payee', 'Payee said');
    expect(await facts()).toMatch(/session-sticky-\d/);
    expect(await facts()).toMatch(/tellers-session-sticky/);
    await ask('amount', 'Amount said');
    await ask('confirm', 'Money moved');
    const reported = await recordings();
    expect(reported[0]).toMatch(/POST \/session\/transfer\/confirm 20\d/);
    expect(reported[0]).toMatch(/session-sticky-\d, .* sent \d+ B, got \d+ B/);
    await ask('sign-out', 'Outside');
  });

  it('goes through the journey in stateless, which carries all of it', async () => {
    await show(page(), 'panel=session&mode=stateless');
    await ask('sign-in', 'Signed in');
    await ask('payee', 'Payee said');
    await ask('amount', 'Amount said');
    const reported = await facts();
    expect(reported).toContain('you bring it all each time');
    expect(reported).toMatch(/continuation/i);
    await ask('confirm', 'Money moved');
    await page().locator('.exchange summary').first().click();
    await page().locator('.exchange[open] h4', { hasText: 'Claims in the token' }).waitFor();
  });

  it('is lost with its pod, and says so under its cause', async () => {
    await show(page(), 'panel=session&mode=sticky');
    await ask('sign-in', 'Signed in');
    await ask('payee', 'Payee said');
    const [pod = ''] = /session-sticky-\d/.exec(await facts()) ?? [];
    expect(await page().locator('.tile.mine h4').allTextContents()).toContain(pod);
    await page()
      .locator('.tile', { hasText: pod })
      .locator('.customers', { hasText: /^([2-9]|1\d) / })
      .waitFor();
    await page()
      .getByRole('button', { name: `Kill ${pod}, where I am` })
      .click();
    expect(await page().locator('dialog').innerText()).toMatch(
      /\d+ sessions? lives? only there now and would be lost: .*yours/,
    );
    await page().locator('dialog .danger').click();
    await page()
      .locator('.said p', { hasText: `${pod} was killed` })
      .waitFor();
    await page().click('[data-ask="look"]:enabled');
    const alarm = page().locator('.facts .alarm');
    await alarm.waitFor();
    expect(await alarm.innerText()).toContain('its pod died');
    expect(await alarm.innerText()).toContain(pod);
    // And so did those of the customers who were there.
    await page().locator('#losses tr', { hasText: 'sessions: its pod died' }).waitFor();
    await ask('sign-in', 'Signed in');
  });

  it('survives the death of a pod that remembers nobody', async () => {
    await show(page(), 'panel=session&mode=stateless');
    await ask('payee', 'Payee said');
    const [pod = ''] = /account-\d+/.exec(await facts()) ?? [];
    await page()
      .getByRole('button', { name: `Kill ${pod}, which answered me` })
      .click();
    await page()
      .locator('.said p', { hasText: `${pod} was killed` })
      .waitFor();
    await ask('amount', 'Amount said');
    expect(await page().locator('.facts .alarm').isVisible()).toBe(false);
  });

  it('complained of nothing', () => {
    expect(watched().complaints).toEqual([]);
    expect(watched().strays).toEqual([]);
  });
});
