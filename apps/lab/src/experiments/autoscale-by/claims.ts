import type { ModeName } from '../../bank/modes.js';
import type { Figures } from '../../statistics/figures.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';
import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { syncMs } from './decision.js';

export type AutoscaleByKey = keyof typeof kinds;

export const kinds = {
  opened: { label: 'sessions opened', unit: 'count', over: 'median' },
  podsBefore: { label: 'pods before', unit: 'count', over: 'median' },
  enough: { label: 'pods that they take', unit: 'count', over: 'median' },
  enoughByCpu: { label: 'by CPU: surge to enough pods', unit: 'ms', over: 'median', absent: 'beyond' },
  podsByCpu: { label: 'by CPU: pods at the end', unit: 'count', over: 'median' },
  unneededByCpu: { label: 'by CPU: pods not needed', unit: 'count', over: 'median' },
  fullestByCpu: { label: 'by CPU: most in one pod', unit: 'count', over: 'median' },
  enoughBySessions: { label: 'by sessions: surge to enough', unit: 'ms', over: 'median', absent: 'beyond' },
  podsBySessions: { label: 'by sessions: pods at the end', unit: 'count', over: 'median' },
  unneededBySessions: { label: 'by sessions: pods not needed', unit: 'count', over: 'median' },
  fullestBySessions: { label: 'by sessions: most in one pod', unit: 'count', over: 'median' },
  target: { label: 'sessions a pod, aimed at', unit: 'count', over: 'median' },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost', unit: 'count', over: 'total' },
} as const satisfies Experiment['kinds'];

export const claims: readonly Claim<AutoscaleByKey>[] = [
  {
    number: 19,
    sentence:
      'An autoscaler that goes by CPU does not see idle sessions fill stateful pods; one that goes by sessions adds as many pods as they take.',
    decidedBy: ['enoughByCpu', 'enoughBySessions', 'unneededBySessions', 'failed', 'lost'],
    rule,
  },
];

/** Holds if by sessions there were enough pods, no more than that, and by CPU later or never, in each mode, and nobody noticed. */
function rule({ sticky, handoff }: FiguresByMode<AutoscaleByKey>): Verdict {
  const found = Object.entries({ sticky, handoff }).filter(
    (entry): entry is [ModeName, Figures<AutoscaleByKey>] => (entry[1]?.opened ?? 0) > 0,
  );
  if (found.length === 0) return cannotTell('It takes sticky or handoff, with sessions.');
  const reported = `${found.map(([mode, figures]) => inWords(mode, figures)).join('; ')}.`;
  const isBetter = ({ enoughBySessions, enoughByCpu, unneededBySessions, failed, lost }: Figures<AutoscaleByKey>) =>
    enoughBySessions !== null &&
    (enoughByCpu ?? Infinity) > enoughBySessions + syncMs &&
    unneededBySessions === 0 &&
    failed === 0 &&
    lost === 0;
  return found.every(([, figures]) => isBetter(figures)) ? holds(reported) : fails(reported);
}

function inWords(mode: ModeName, figures: Figures<AutoscaleByKey>): string {
  const { enough, enoughByCpu, enoughBySessions, podsByCpu, fullestBySessions, fullestByCpu, failed, lost } = figures;
  const after = (ms: number | null): string => (ms === null ? 'never' : `after ${(ms / 1_000).toFixed(0)} s`);
  const noticed = failed || lost ? `, ${failed} requests failed and ${lost} sessions were lost` : '';
  return (
    `${mode} had the ${enough} pods that its sessions take ${after(enoughBySessions)} by sessions and ${after(enoughByCpu)} by CPU ` +
    `(${podsByCpu} at the end), the fullest with ${fullestBySessions} and ${fullestByCpu}${noticed}`
  );
}
