import type { Claim, Experiment, FiguresByMode, Verdict } from '../experiment.js';
import { cannotTell, fails, holds } from '../rules.js';

export type AffinityKey = keyof typeof kinds;

export const kinds = {
  noneAstray: { label: 'by nothing: requests astray', unit: 'percent', over: 'median' },
  noneBusiest: { label: 'by nothing: busiest pod', unit: 'percent', over: 'median' },
  manyAstray: { label: 'by own address: astray', unit: 'percent', over: 'median' },
  manyBusiest: { label: 'by own address: busiest pod', unit: 'percent', over: 'median' },
  oneAstray: { label: 'by shared address: astray', unit: 'percent', over: 'median' },
  oneBusiest: { label: 'by shared address: busiest pod', unit: 'percent', over: 'median' },
  cookieAstray: { label: 'by cookie: requests astray', unit: 'percent', over: 'median' },
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
    decidedBy: ['cookieAstray', 'cookieBusiest', 'oneBusiest', 'noneAstray'],
    rule,
  },
];

/** Of the average; a pod with more of the load is overfull. */
const evenPercent = 130;
const overfullPercent = 150;

/**
 * Holds if where sessions are in memory a cookie loses nobody and keeps the load even, while without any affinity requests
 * go astray, and by address all customers behind one fill one pod.
 */
function rule({ sticky, unpinned }: FiguresByMode<AffinityKey>): Verdict {
  const cookie = sticky ?? unpinned;
  const none = sticky?.noneAstray === null || sticky === undefined ? unpinned : sticky;
  if (cookie?.cookieAstray == null || cookie.cookieBusiest === null) {
    return cannotTell('It takes sticky with a cookie that leads back.');
  }
  if (cookie.oneBusiest === null || none?.noneAstray == null) {
    return cannotTell(
      `a cookie let ${percent(cookie.cookieAstray)} of the requests go astray, its busiest pod had ` +
        `${percent(cookie.cookieBusiest)} of the average; the front door here does nothing else.`,
    );
  }
  const told =
    `astray: ${percent(cookie.cookieAstray)} by cookie, ${percent(none.noneAstray)} by nothing; busiest pod: ` +
    `${percent(cookie.cookieBusiest)} of the average by cookie, ${percent(cookie.oneBusiest)} by the one address of all.`;
  const spreads = cookie.cookieAstray === 0 && cookie.cookieBusiest <= evenPercent;
  const others = none.noneAstray > 0 && cookie.oneBusiest >= overfullPercent;
  return spreads && others ? holds(told) : fails(told);
}

const percent = (value: number): string => `${value.toFixed(0)} %`;
