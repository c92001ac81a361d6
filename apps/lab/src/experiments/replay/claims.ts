import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { stateful } from '../rules.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export const kinds = {
  asked: { label: 'requests sent again', unit: 'count', over: 'total' },
  comparable: { label: 'sent again, ledger unchanged', unit: 'count', over: 'total' },
  same: { label: 'same reply, ledger unchanged', unit: 'percent', over: 'median' },
  sameOfAll: { label: 'same reply, of all sent again', unit: 'percent', over: 'median' },
  unknown: { label: 'replies that know no session', unit: 'percent', over: 'median' },
  movedAgain: { label: 'transfers made once more', unit: 'count', over: 'total' },
} as const satisfies Experiment['kinds'];

export type ReplayKey = keyof typeof kinds;

export const claims: readonly Claim<ReplayKey>[] = [
  {
    number: 6,
    sentence: 'Stateless: predictable, easier to debug.',
    decidedBy: ['same', 'sameOfAll', 'movedAgain'],
    rule,
  },
];

/** A mode that gives this share of replies again is as good as repeatable. */
const nearlyAllPercent = 90;

/**
 * Holds if every stateless request got the same reply again where the ledger was the same, and every stateful mode gave
 * clearly fewer; not if some stateful mode gave as many.
 */
function rule(figures: FiguresByMode<ReplayKey>): Verdict {
  const { stateless } = figures;
  const others = stateful(figures).flatMap(([mode, { same }]) => (same === null ? [] : [{ mode, same }]));
  if (stateless?.same == null || others.length === 0)
    return cannotTell('It takes stateless and a stateful mode to compare.');
  const best = others.reduce((one, other) => (other.same > one.same ? other : one));
  const reported =
    `with the ledger as it was, ${stateless.same.toFixed(0)} % of the stateless requests got the same reply again, ` +
    `of the stateful ones at best ${best.same.toFixed(0)} % (${best.mode}).`;
  if (best.same >= stateless.same) return fails(reported);
  return stateless.same === 100 && best.same < nearlyAllPercent ? holds(reported) : cannotTell(reported);
}
