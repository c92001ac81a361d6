import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { stateful } from '../rules.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export const kinds = {
  seen: { label: 'stolen: works on, same pod', unit: 's', over: 'median' },
  other: { label: 'stolen: works on, other pods', unit: 's', over: 'median' },
  token: { label: 'stolen: token works at account', unit: 's', over: 'median' },
  tokenLeft: { label: 'life that the token had left', unit: 's', over: 'median' },
  tries: { label: 'stolen: tries after sign-out', unit: 'count', over: 'total' },
} as const satisfies Experiment['kinds'];

export type SignOutKey = keyof typeof kinds;

export const claims: readonly Claim<SignOutKey>[] = [
  {
    number: 12,
    sentence: 'Beyond the lesson: only a server that remembers can sign a thief out.',
    decidedBy: ['other', 'seen', 'token', 'tokenLeft'],
    rule,
  },
];

/** A thief has no use of what works on for so long. */
const atOnceSeconds = 2;
/** And much of what works for so long. */
const longSeconds = 10;

/**
 * Holds if what a stateless client carries works on for long after the sign-out, while no stateful cookie does anywhere;
 * not if it does not, or some cookie works as long.
 */
function rule(figures: FiguresByMode<SignOutKey>): Verdict {
  const token = figures.stateless?.other ?? null;
  const cookies = stateful(figures).flatMap(([mode, { seen, other, token: opens }]) =>
    seen === null || other === null ? [] : [{ mode, seconds: Math.max(seen, other), opens }],
  );
  if (token === null || cookies.length === 0) return cannotTell('It takes stateless and a stateful mode to compare.');
  const longest = cookies.reduce((one, other) => (other.seconds > one.seconds ? other : one));
  const opens = Math.max(...cookies.map((one) => one.opens ?? 0));
  const reported =
    `a stolen token worked for ${token.toFixed(0)} s after the sign-out, a stolen cookie for ` +
    `${longest.seconds.toFixed(0)} s at most (${longest.mode}); with a stolen token a new session could be opened for ` +
    `${opens.toFixed(0)} s.`;
  if (token <= atOnceSeconds || longest.seconds >= token) return fails(reported);
  return token >= longSeconds && longest.seconds <= atOnceSeconds ? holds(reported) : cannotTell(reported);
}
