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
    await page()
      .locator('.running p', { hasText: /personalisation, for .* to go/ })
      .waitFor();
    expect(await seen(said().filter({ hasText: 'personalisation is over' }))).toContain(
      'Claim 1: holds, by one quick round.',
    );
    const [report] = await Promise.all([
      page().context().waitForEvent('page'),
      page().getByRole('link', { name: 'Report of personalisation' }).click(),
    ]);
    expect(await seen(report.locator('h1'))).toBe('Should this service keep its clients’ state?');
    const verdict = page().locator('#panel-experiments .verdict[data-ruling="holds"]');
    expect(await verdict.innerText()).toBe('holds, by one quick round');
    const [doubt, colour] = await verdict.evaluate((cell) => {
      cell.dataset['ruling'] = 'cannot tell here';
      const open = getComputedStyle(cell).color;
      cell.dataset['ruling'] = 'holds';
      return [open, getComputedStyle(cell).color];
    });
    expect(colour).toBe(doubt);
  });

  it('is told to end, and says so after the measurement that is under way', async () => {
    await page().locator('#panel-experiments select').selectOption('redundancy');
    await page().getByRole('button', { name: 'Start it' }).click();
    // Before, it would end at once: there is nothing that it must not leave half done.
    await page()
      .locator('.running p', { hasText: /the cost of verifying|customers come for/ })
      .waitFor();
    await page().getByRole('button', { name: 'End it' }).click();
    await page().locator('.running p', { hasText: 'stops after this measurement' }).waitFor();
    expect(await seen(said().filter({ hasText: 'redundancy is over' }))).toMatch(/Claim 7|Do not trust/);
  });

  it('complained of nothing', () => {
    expect(watched().complaints).toEqual([]);
    expect(watched().strays).toEqual([]);
  });
});
