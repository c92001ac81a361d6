import { markup, type Markup } from '../markup.js';
import { agreementOf, type JudgedClaim } from '../scorecard.js';

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
