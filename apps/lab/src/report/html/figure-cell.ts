import { figureText, intervalText } from '../figure-text.js';
import { markup, type Markup } from '../markup.js';
import type { Section } from '../scorecard.js';
import type { Estimate } from '../../statistics/figures.js';

/** A figure with its interval below it; `mode` stands before it where the table has no columns. */
export function figureCell(
  estimate: Estimate | undefined,
  { unit, absent }: Section['kinds'][string],
  mode: string,
): Markup {
  const isBeyond = absent === 'beyond' && estimate?.value === null;
  const interval = estimate && intervalText(estimate);
  return markup`<td class="number" data-mode="${mode}">
    ${isBeyond ? 'not in time' : figureText(estimate?.value, unit)} ${interval && markup`<small>${interval}</small>`}
  </td>`;
}
