import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import type { Figures } from '../../statistics/figures.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export type RebalanceKey = keyof typeof kinds;

export const kinds = {
  customers: { label: 'customers who stay', unit: 'count', over: 'median' },
  podsBefore: { label: 'pods before', unit: 'count', over: 'median' },
  podsAfter: { label: 'pods after', unit: 'count', over: 'median' },
  watched: { label: 'new pods watched for', unit: 'ms', over: 'median' },
  hottestAtFirst: { label: 'hottest pod’s load at first', unit: 'percent', over: 'median' },
  hottest: { label: 'hottest pod’s load at the end', unit: 'percent', over: 'median' },
  even: { label: 'new pods ready to even load', unit: 'ms', over: 'median', absent: 'beyond' },
  moved: { label: 'sessions that moved', unit: 'count', over: 'total', absent: 'unmeasured' },
  letGo: { label: 'times a session was let go', unit: 'count', over: 'total', absent: 'unmeasured' },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost', unit: 'count', over: 'total' },
  contradicted: { label: 'answers by an older copy', unit: 'count', over: 'total' },
  movedP99: { label: 'p99 of first answer after move', unit: 'ms', over: 'median', latency: true },
  p99: { label: 'p99 of all requests', unit: 'ms', over: 'median', latency: true },
  cpu: { label: 'CPU a request', unit: 'µs', over: 'median' },
  operations: { label: 'all store operations a request', unit: 'count', over: 'median' },
  hottestWithout: { label: 'no moves: hottest at the end', unit: 'percent', over: 'median' },
  evenWithout: { label: 'no moves: ready to even load', unit: 'ms', over: 'median', absent: 'unmeasured' },
  failedWithout: { label: 'no moves: requests failed', unit: 'count', over: 'total' },
  lostWithout: { label: 'no moves: sessions lost', unit: 'count', over: 'total' },
  p99Without: { label: 'no moves: p99 of all requests', unit: 'ms', over: 'median', latency: true },
  cpuWithout: { label: 'no moves: CPU a request', unit: 'µs', over: 'median' },
  operationsWithout: { label: 'no moves: all store operations', unit: 'count', over: 'median' },
} as const satisfies Experiment['kinds'];

/** Of the average load: what the hottest pod may have for the load to be even. */
export const evenPercent = 120;
const withinMs = 60_000;
/** With fewer, one session more or less is a tenth of a pod's load. */
const leastOfPod = 10;

export const claims: readonly Claim<RebalanceKey>[] = [
  {
    number: 18,
    sentence:
      'With rebalancing, a stateful mode spreads its load over new pods within a minute, as a stateless one does, and loses nobody.',
    decidedBy: ['hottest', 'even', 'lost', 'failed', 'contradicted'],
    rule,
    isNoisy: true,
  },
];

/** Holds if, with sessions let go, the hottest pod came to at most 1.2 times the average within a minute, and nobody noticed. */
function rule({ handoff, stateless }: FiguresByMode<RebalanceKey>): Verdict {
  if (handoff?.hottest == null || stateless?.hottest == null) {
    return cannotTell('It takes both stateless and handoff, each with more pods than before.');
  }
  if ((handoff.customers ?? 0) < leastOfPod * (handoff.podsAfter ?? 0)) {
    return cannotTell(
      `With ${handoff.customers} customers at ${handoff.podsAfter} pods, one alone decides which is hottest.`,
    );
  }
  const reported =
    `the hottest pod of handoff ${reached(handoff)} (stateless: ${reached(stateless)}); ` +
    `${handoff.lost} of its sessions were lost and ${handoff.failed} requests failed.`;
  if ((handoff.contradicted ?? 0) > 0) return fails(`${reported} Two pods had the same session.`);
  if ((handoff.lost ?? 0) + (handoff.failed ?? 0) > 0) return fails(reported);
  if (handoff.even !== null && handoff.even <= withinMs) return holds(reported);
  return (handoff.watched ?? 0) < withinMs
    ? cannotTell(`It was not watched for a minute: ${reported}`)
    : fails(reported);
}

function reached({ even, hottest }: Figures<RebalanceKey>): string {
  const atEnd = `and had ${hottest!.toFixed(0)} % of the average at the end`;
  if (even === null) return `did not come to ${evenPercent} % while it was watched, ${atEnd}`;
  const when = even === 0 ? 'at once' : `after ${(even / 1_000).toFixed(0)} s`;
  return `had at most ${evenPercent} % of the average load ${when}, ${atEnd}`;
}
