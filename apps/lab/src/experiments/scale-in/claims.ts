import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

/** So many sessions a pod holds when its drain is timed. */
export const drainedWith = [1_000, 10_000, 100_000] as const;

export type HandedKey = `handed${(typeof drainedWith)[number]}`;

export const kinds = {
  podsBefore: { label: 'pods before', unit: 'count', over: 'median' },
  podsAfter: { label: 'pods after', unit: 'count', over: 'median' },
  took: { label: 'order until the pod is gone', unit: 'ms', over: 'median' },
  active: { label: 'sessions open at the order', unit: 'count', over: 'total' },
  inPod: { label: 'sessions in the pod that went', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost after the order', unit: 'count', over: 'total' },
  ownerGone: { label: 'sessions lost: owner gone', unit: 'count', over: 'total' },
  misrouted: { label: 'sessions lost: misrouted', unit: 'count', over: 'total' },
  otherCause: { label: 'sessions lost: another cause', unit: 'count', over: 'total' },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  p99: { label: 'p99 from the intended start', unit: 'ms', over: 'median', latency: true },
  fullestInPod: { label: 'fullest goes: sessions held', unit: 'count', over: 'total', absent: 'unmeasured' },
  fullestLost: { label: 'fullest goes: sessions lost', unit: 'count', over: 'total', absent: 'unmeasured' },
  emptiestInPod: { label: 'emptiest goes: sessions held', unit: 'count', over: 'total', absent: 'unmeasured' },
  emptiestLost: { label: 'emptiest goes: sessions lost', unit: 'count', over: 'total', absent: 'unmeasured' },
  handed1000: { label: 'until 1,000 were handed over', unit: 'ms', over: 'median' },
  handed10000: { label: 'until 10,000 were handed over', unit: 'ms', over: 'median', absent: 'unmeasured' },
  handed100000: { label: 'until 100,000 were handed over', unit: 'ms', over: 'median', absent: 'unmeasured' },
  sampled: { label: 'handed over and asked again', unit: 'count', over: 'total' },
  sampleLost: { label: 'handed over, but lost', unit: 'count', over: 'total' },
} as const satisfies Experiment['kinds'] & Record<HandedKey, unknown>;

export type ScaleInKey = keyof typeof kinds;

/** What became of sessions where pods held more or fewer. */
export type UnevenKey = Extract<ScaleInKey, `${'fullest' | 'emptiest'}${string}`>;

export const claims: readonly Claim<ScaleInKey>[] = [
  {
    number: 4,
    sentence: 'Stateful: scaling is more complex.',
    decidedBy: ['lost', 'failed', 'inPod'],
    rule,
  },
];

/**
 * Holds if nobody noticed that a stateless pod was taken away, while a sticky one took sessions or requests with it; not
 * if nobody noticed the sticky one either, or the stateless one as much.
 */
function rule({ stateless, sticky, handoff }: FiguresByMode<ScaleInKey>): Verdict {
  if (!stateless || !sticky) return cannotTell('It takes both stateless and sticky to compare.');
  if (!sticky.inPod) return cannotTell('No session lived in the sticky pod that went.');
  const harm = (figures: typeof stateless): number => (figures.lost ?? 0) + (figures.failed ?? 0);
  const reported =
    `sticky lost ${sticky.lost} sessions (${sticky.inPod} lived in the pod that went) and failed ${sticky.failed} requests, ` +
    `stateless lost ${stateless.lost} sessions and failed ${stateless.failed} requests` +
    (handoff === undefined ? '.' : `; handoff lost ${handoff.lost} of ${handoff.inPod}.`);
  if (harm(sticky) <= harm(stateless)) return fails(reported);
  return harm(stateless) === 0 ? holds(reported) : cannotTell(reported);
}
