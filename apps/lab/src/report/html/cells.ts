import type { Estimate } from '../../statistics/figures.js';
import { estimateText, intervalText } from '../format.js';
import { markup, type Markup } from '../markup.js';
import type { JudgedClaim, Scorecard, Section } from '../scorecard.js';
import { sayVerdict } from '../summary.js';

/** A figure with its interval below it; `mode` stands before it where the table has no columns. */
export function figureCell(estimate: Estimate | undefined, kind: Section['kinds'][string], mode: string): Markup {
  const interval = estimate && intervalText(estimate);
  return markup`<td class="${estimate === undefined ? 'number none' : 'number'}" data-mode="${mode}">
    ${estimateText(estimate?.value, kind)} ${interval && markup`<small>${interval}</small>`}
  </td>`;
}

type VerdictMark = JudgedClaim['verdict'];

const signs: Readonly<Record<VerdictMark['ruling'], readonly [sign: string, colour: string]>> = {
  holds: ['✓', 'holds'],
  'does not hold': ['✗', 'fails'],
  'cannot tell here': ['?', 'open'],
};

/** The ruling, told apart by its sign and its words, and by a colour too, which is that of doubt where one round alone ruled. */
export function ruling(verdict: VerdictMark, { settings }: Pick<Scorecard, 'settings'>): Markup {
  const [sign, colour] = signs[verdict.ruling];
  const { ruling: said, onlyBy } = sayVerdict(verdict, 1, settings);
  return markup`<span class="verdict ${onlyBy === '' ? colour : 'open'}"><span aria-hidden="true">${sign} </span>${said}</span>`;
}

/** How sure a verdict is, in small letters. */
export function agreement(verdict: VerdictMark, rounds: number, { settings }: Pick<Scorecard, 'settings'>): Markup {
  return markup`<span class="soft small">${sayVerdict(verdict, rounds, settings).how}</span>`;
}
