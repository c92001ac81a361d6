import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { measured } from '../rules.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export type AmnesiaKey = keyof typeof kinds;

export const kinds = {
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  openAtKill: { label: 'sessions open at the kill', unit: 'count', over: 'total' },
  lived: { label: 'sessions in the killed pod', unit: 'count', over: 'total' },
  livedLost: { label: 'killed pod’s sessions lost', unit: 'count', over: 'total' },
  lostElsewhere: { label: 'sessions lost in other pods', unit: 'count', over: 'total' },
  lostBefore: { label: 'sessions lost before the kill', unit: 'count', over: 'total' },
  ownerGone: { label: 'sessions lost: owner gone', unit: 'count', over: 'total' },
  misrouted: { label: 'sessions lost: misrouted', unit: 'count', over: 'total' },
  otherCause: { label: 'sessions lost: another cause', unit: 'count', over: 'total' },
  unfinished: { label: 'transfers to start again', unit: 'count', over: 'total' },
  gaveUp: { label: 'journeys given up', unit: 'count', over: 'total' },
  acknowledged: { label: 'transfers acknowledged', unit: 'count', over: 'total' },
  unknownSettled: { label: 'unknown transfers settled', unit: 'count', over: 'total' },
  unsettled: { label: 'unknown transfers left', unit: 'count', over: 'total' },
  p99: { label: 'p99 from the intended start', unit: 'ms', over: 'median', latency: true },
  auditBreaches: { label: 'audit: invariants broken', unit: 'count', over: 'total' },
  moneyLost: { label: 'money lost, by the statements', unit: 'cents', over: 'total' },
} as const satisfies Experiment['kinds'];

export const claims: readonly Claim<AmnesiaKey>[] = [
  {
    number: 9,
    sentence: 'Session memory: a pod that dies takes the sessions with it that it alone remembers, and no others.',
    decidedBy: ['livedLost', 'lived', 'lostElsewhere', 'moneyLost'],
    rule,
  },
];

/**
 * Holds if `sticky` lost the killed pod's sessions, all of them and no others, each with its cause, if `stateless` and
 * `shared` lost none, and if no mode lost money.
 */
function rule(figures: FiguresByMode<AmnesiaKey>): Verdict {
  const poorer = measured(figures).find(([, { auditBreaches, moneyLost }]) => auditBreaches !== 0 || moneyLost !== 0);
  if (poorer) return fails(`${poorer[0]} lost money.`);
  const { stateless, sticky, shared } = figures;
  if (!sticky || !stateless) return cannotTell('It takes both stateless and sticky to compare.');
  if (!sticky.lived) return cannotTell('No session lived in the sticky pod that was killed.');
  const keepers = { stateless, ...(shared && { shared }) };
  for (const [mode, kept] of Object.entries(keepers)) {
    const lost = (kept.livedLost ?? 0) + (kept.lostElsewhere ?? 0) + (kept.lostBefore ?? 0);
    if (lost > 0) return fails(`${mode} lost ${lost} sessions.`);
  }
  const elsewhere = (sticky.lostElsewhere ?? 0) + (sticky.lostBefore ?? 0);
  if (elsewhere > 0) return fails(`sticky lost ${elsewhere} sessions that were not in the killed pod.`);
  if (sticky.livedLost !== sticky.lived) return fails(`sticky lost ${sticky.livedLost} of ${sticky.lived} sessions.`);
  if (sticky.ownerGone !== sticky.lived) return fails('sticky did not name the cause of each loss.');
  const keeping = Object.keys(keepers).join(' and ');
  return holds(
    `sticky lost exactly the ${sticky.lived} sessions of the killed pod, ${keeping} none, and no mode money.`,
  );
}
