import { describe, expect, it } from '@jest/globals';
import { seen, show } from './browser.js';
import { openPage } from './opened.js';

describe('an experiment', () => {
  const { page, watched } = openPage();
  const said = () => page().locator('.said p');

  it('is started, followed, and leads to its report', async () => {
    await show(page(), 'panel=experiments');
    await page().locator('#panel-experiments select').selectOption('personalisation');
    await page().getByRole('button', { name: 'Start it' }).click();
    expect(await seen(page().locator('.running p', { hasText: 'personalisation, for' }))).toContain('to go');
    expect(await seen(said().filter({ hasText: 'is over' }))).toContain('Claim 1: holds');
    const [report] = await Promise.all([
      page().context().waitForEvent('page'),
      page().getByRole('link', { name: 'Report of personalisation' }).click(),
    ]);
    expect(await seen(report.locator('h1'))).toBe('Should this service keep its clients’ state?');
    expect(await page().locator('.scorecard, #panel-experiments table').first().innerText()).toContain('holds');
  });

  it('is ended early, and leaves no report', async () => {
    await page().locator('#panel-experiments select').selectOption('sign-out');
    await page().getByRole('button', { name: 'Start it' }).click();
    await page().getByRole('button', { name: 'End it' }).click();
    await said().filter({ hasText: 'The experiment sign-out was ended.' }).waitFor();
    expect(
      await page()
        .getByRole('link', { name: /^Report of/ })
        .count(),
    ).toBe(1);
  });

  it('complained of nothing', () => {
    expect(watched().complaints).toEqual([]);
    expect(watched().strays).toEqual([]);
  });
});
