import { markup, type Markup } from '../markup.js';
import { howSure, type JudgedClaim } from '../scorecard.js';

type Verdict = JudgedClaim['verdict'];

const signs: Readonly<Record<Verdict['ruling'], readonly [sign: string, colour: string]>> = {
  holds: ['✓', 'holds'],
  'does not hold': ['✗', 'fails'],
  'cannot tell here': ['?', 'open'],
};

/** The ruling, told apart by its sign and its words, and by a colour too. */
export function ruling(verdict: Verdict): Markup {
  const [sign, colour] = signs[verdict.ruling];
  return markup`<span class="verdict ${colour}"><span aria-hidden="true">${sign} </span>${verdict.ruling}</span>`;
}

/** How sure a verdict is, in small letters. */
export function sureness(verdict: Verdict, rounds: number): Markup {
  return markup`<span class="soft small">${howSure(verdict, rounds)}</span>`;
}
