import type { Estimate } from '../../statistics/figures.js';
import { estimateText, intervalText } from '../format.js';
import { markup, type Markup } from '../markup.js';
import type { JudgedClaim, Section } from '../scorecard.js';
import { agreementOf } from '../summary.js';

/** A figure with its interval below it; `mode` stands before it where the table has no columns. */
export function figureCell(estimate: Estimate | undefined, kind: Section['kinds'][string], mode: string): Markup {
  const interval = estimate && intervalText(estimate);
  return markup`<td class="number" data-mode="${mode}">
    ${estimateText(estimate?.value, kind)} ${interval && markup`<small>${interval}</small>`}
  </td>`;
}

type VerdictMark = JudgedClaim['verdict'];

const signs: Readonly<Record<VerdictMark['ruling'], readonly [sign: string, colour: string]>> = {
  holds: ['✓', 'holds'],
  'does not hold': ['✗', 'fails'],
  'cannot tell here': ['?', 'open'],
};

/** The ruling, told apart by its sign and its words, and by a colour too. */
export function ruling(verdict: VerdictMark): Markup {
  const [sign, colour] = signs[verdict.ruling];
  return markup`<span class="verdict ${colour}"><span aria-hidden="true">${sign} </span>${verdict.ruling}</span>`;
}

/** How sure a verdict is, in small letters. */
export function agreement(verdict: VerdictMark, rounds: number): Markup {
  return markup`<span class="soft small">${agreementOf(verdict, rounds)}</span>`;
}
