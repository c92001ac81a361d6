import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export const kinds = {
  asked: { label: 'requests compared', unit: 'count', over: 'total' },
  shapedReplies: { label: 'replies shaped by the past', unit: 'count', over: 'total' },
  shaped: { label: 'share shaped by the past', unit: 'percent', over: 'median' },
  unknown: { label: 'replies that found no session', unit: 'percent', over: 'median' },
  lookRequests: { label: 'a look that knows: requests', unit: 'count', over: 'median' },
  lookSent: { label: 'a look that knows: bytes sent', unit: 'bytes', over: 'median' },
  lookKept: { label: 'a look that knows: bytes kept', unit: 'bytes', over: 'median' },
} as const satisfies Experiment['kinds'];

export type PersonalisationKey = keyof typeof kinds;

export const claims: readonly Claim<PersonalisationKey>[] = [
  {
    number: 1,
    sentence: 'Stateful: responses depend on earlier interactions (personalised).',
    decidedBy: ['shaped', 'shapedReplies'],
    rule,
  },
];

/**
 * Holds if earlier requests shape replies in `sticky` and none at all in `stateless`; not if they shape no more than
 * there.
 */
function rule({ stateless, sticky }: FiguresByMode<PersonalisationKey>): Verdict {
  if (!stateless?.asked || !sticky?.asked) return cannotTell('It takes both stateless and sticky to compare.');
  const [without, withMemory] = [stateless.shaped ?? 0, sticky.shaped ?? 0];
  const reported = `earlier requests shaped ${withMemory.toFixed(0)} % of replies in sticky, ${without.toFixed(0)} % (${stateless.shapedReplies} in all) in stateless.`;
  if (withMemory <= without) return fails(reported);
  return stateless.shapedReplies === 0 ? holds(reported) : cannotTell(reported);
}
