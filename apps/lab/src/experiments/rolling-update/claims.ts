import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export type RollingUpdateKey = keyof typeof kinds;

export const kinds = {
  pods: { label: 'pods replaced', unit: 'count', over: 'median' },
  took: { label: 'time until all were replaced', unit: 'ms', over: 'median' },
  active: { label: 'sessions open at the start', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost in the update', unit: 'count', over: 'total' },
  ownerGone: { label: 'sessions lost: owner gone', unit: 'count', over: 'total' },
  misrouted: { label: 'sessions lost: misrouted', unit: 'count', over: 'total' },
  otherCause: { label: 'sessions lost: another cause', unit: 'count', over: 'total' },
  lostBefore: { label: 'sessions lost before the start', unit: 'count', over: 'total' },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  authFailed: { label: 'sign-ins and refreshes failed', unit: 'count', over: 'total' },
  p99: { label: 'p99 from the intended start', unit: 'ms', over: 'median', latency: true },
} as const satisfies Experiment['kinds'];

export const claims: readonly Claim<RollingUpdateKey>[] = [
  {
    number: 10,
    sentence: 'Server design: stateless servers are simpler.',
    decidedBy: ['lost', 'failed', 'took'],
    rule,
  },
];

/** An update that takes this much longer is felt. */
const muchLonger = 1.5;

/**
 * Holds if nobody noticed that the stateless pods were replaced, while the sticky ones lost sessions or failed requests,
 * or took much longer not to.
 */
function rule({ stateless, sticky }: FiguresByMode<RollingUpdateKey>): Verdict {
  if (!stateless || !sticky) return cannotTell('It takes both stateless and sticky to compare.');
  if (!sticky.active) return cannotTell('No session was open at the sticky pods.');
  const noticed = (stateless.failed ?? 0) + (stateless.lost ?? 0);
  if (noticed > 0) return fails(`stateless failed ${stateless.failed} requests and lost ${stateless.lost} sessions.`);
  const harm = `sticky lost ${sticky.lost} sessions (${sticky.active} were open) and failed ${sticky.failed} requests`;
  if ((sticky.lost ?? 0) + (sticky.failed ?? 0) > 0) return holds(`stateless lost and failed nothing, ${harm}.`);
  const factor = (sticky.took ?? 0) / (stateless.took ?? Infinity);
  const reported = `neither lost or failed anything, and sticky took ${factor.toFixed(1)} times as long.`;
  return factor > muchLonger ? holds(reported) : fails(reported);
}
