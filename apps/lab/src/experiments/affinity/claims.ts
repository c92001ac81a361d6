import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export type AffinityKey = keyof typeof kinds;

export const kinds = {
  noneMisrouted: { label: 'by nothing: requests misrouted', unit: 'percent', over: 'median' },
  noneBusiest: { label: 'by nothing: busiest pod', unit: 'percent', over: 'median' },
  manyMisrouted: { label: 'by own address: misrouted', unit: 'percent', over: 'median' },
  manyBusiest: { label: 'by own address: busiest pod', unit: 'percent', over: 'median' },
  oneMisrouted: { label: 'by shared address: misrouted', unit: 'percent', over: 'median' },
  oneBusiest: { label: 'by shared address: busiest pod', unit: 'percent', over: 'median' },
  cookieMisrouted: { label: 'by cookie: requests misrouted', unit: 'percent', over: 'median' },
  cookieBusiest: { label: 'by cookie: busiest pod', unit: 'percent', over: 'median' },
  pods: { label: 'pods', unit: 'count', over: 'median' },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost', unit: 'count', over: 'total' },
} as const satisfies Experiment['kinds'];

export const claims: readonly Claim<AffinityKey>[] = [
  {
    number: 16,
    sentence: 'Affinity: a cookie leads everyone back and spreads the load; one address for all fills one pod.',
    decidedBy: ['cookieMisrouted', 'cookieBusiest', 'oneBusiest', 'noneMisrouted'],
    rule,
    isNoisy: true,
  },
];

/** Of the average; a pod with more of the load is overfull. */
const evenPercent = 130;
const overfullPercent = 150;

/**
 * Holds if where sessions are in memory a cookie loses nobody and keeps the load even, while without any affinity requests
 * are misrouted, and by address all customers behind one fill one pod.
 */
function rule({ sticky, unpinned }: FiguresByMode<AffinityKey>): Verdict {
  const cookie = sticky ?? unpinned;
  const none = sticky?.noneMisrouted === null || sticky === undefined ? unpinned : sticky;
  if (cookie?.cookieMisrouted == null || cookie.cookieBusiest === null) {
    return cannotTell('It takes sticky with a cookie that leads back.');
  }
  if (cookie.oneBusiest === null || none?.noneMisrouted == null) {
    return cannotTell(
      `with a cookie ${percent(cookie.cookieMisrouted)} of the requests were misrouted, its busiest pod had ` +
        `${percent(cookie.cookieBusiest)} of the average; the front door here does nothing else.`,
    );
  }
  const reported =
    `misrouted: ${percent(cookie.cookieMisrouted)} by cookie, ${percent(none.noneMisrouted)} by nothing; busiest pod: ` +
    `${percent(cookie.cookieBusiest)} of the average by cookie, ${percent(cookie.oneBusiest)} by the one address of all.`;
  const spreads = cookie.cookieMisrouted === 0 && cookie.cookieBusiest <= evenPercent;
  const others = none.noneMisrouted > 0 && cookie.oneBusiest >= overfullPercent;
  return spreads && others ? holds(reported) : fails(reported);
}

const percent = (value: number): string => `${value.toFixed(0)} %`;
