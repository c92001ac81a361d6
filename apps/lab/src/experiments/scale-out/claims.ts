import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { stateful } from '../rules.js';
import type { Figures } from '../../statistics/figures.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export type ScaleOutKey = keyof typeof kinds;

export const kinds = {
  podsBefore: { label: 'pods before', unit: 'count', over: 'median' },
  podsAfter: { label: 'pods at the end', unit: 'count', over: 'median' },
  decided: { label: 'surge to the decision', unit: 'ms', over: 'median' },
  ready: { label: 'decision to a new pod ready', unit: 'ms', over: 'median' },
  even: { label: 'new pod ready to even share', unit: 'ms', over: 'median', absent: 'beyond' },
  newShare: { label: 'new pod’s load, of even share', unit: 'percent', over: 'median' },
  busiest: { label: 'busiest pod, of the average', unit: 'percent', over: 'median' },
  cpuAverageBefore: { label: 'average CPU before the new pod', unit: 'percent', over: 'median' },
  cpuAverageAfter: { label: 'average CPU with the new pod', unit: 'percent', over: 'median' },
  cpuBusiestBefore: { label: 'busiest CPU before the new pod', unit: 'percent', over: 'median' },
  cpuBusiestAfter: { label: 'busiest CPU with the new pod', unit: 'percent', over: 'median' },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost', unit: 'count', over: 'total' },
  p99: { label: 'p99 from the intended start', unit: 'ms', over: 'median', latency: true },
} as const satisfies Experiment['kinds'];

export const claims: readonly Claim<ScaleOutKey>[] = [
  {
    number: 4,
    sentence: 'Stateful: scaling is more complex.',
    decidedBy: ['newShare', 'even', 'lost'],
    rule: statefulIsSlower,
    isNoisy: true,
  },
  {
    number: 5,
    sentence: 'Stateless: simple and easy to scale.',
    decidedBy: ['even', 'failed', 'lost'],
    rule: statelessIsEasy,
    isNoisy: true,
  },
];

/** A new pod that carries its share as soon as this is of help at once. */
export const atOnceMs = 5_000;
/** Of an even share; below it a new pod is cold. */
export const warmPercent = 75;
/** Of the first load of a stateless pod; a sticky one with less was slower, though maybe by chance alone. */
const asWarmPart = 0.9;

/** Holds if the new pod of every stateful mode that keeps its sessions in a pod stayed cold much longer, or sessions were lost. */
function statefulIsSlower(figures: FiguresByMode<ScaleOutKey>): Verdict {
  const { stateless, sticky } = figures;
  if (!stateless?.ready || !sticky?.ready) return cannotTell('It takes both stateless and sticky, each scaled out.');
  const lossy = stateful(figures)
    .filter(([, { lost }]) => (lost ?? 0) > 0)
    .map(([mode]) => mode);
  const reported =
    `a new sticky pod had ${percent(sticky)} of an even share at first and ${reached(sticky)}, ` +
    `a stateless one ${percent(stateless)} and ${reached(stateless)}` +
    (lossy.length === 0 ? '.' : `; sessions were lost in ${lossy.join(', ')}.`);
  const slower =
    evenMs(sticky) > evenMs(stateless) + atOnceMs || (sticky.newShare ?? 0) < (stateless.newShare ?? 0) / 1.5;
  if (slower || (sticky.lost ?? 0) > 0) return holds(reported);
  const asSoon = evenMs(sticky) <= evenMs(stateless) + atOnceMs / 2;
  const asWarm = (sticky.newShare ?? 0) >= asWarmPart * (stateless.newShare ?? 0);
  return asSoon && asWarm ? fails(reported) : cannotTell(reported);
}

/** Holds if a new stateless pod was of help at once, and nobody noticed that it came. */
function statelessIsEasy({ stateless }: FiguresByMode<ScaleOutKey>): Verdict {
  if (!stateless?.ready) return cannotTell('The stateless mode was not scaled out.');
  const reported = `a new pod ${reached(stateless)} (an even share); ${stateless.failed} requests failed, ${stateless.lost} sessions were lost.`;
  const noticed = (stateless.failed ?? 0) + (stateless.lost ?? 0) > 0;
  return evenMs(stateless) <= atOnceMs && !noticed ? holds(reported) : fails(reported);
}

const evenMs = ({ even }: Figures<ScaleOutKey>): number => even ?? Infinity;
const percent = ({ newShare }: Figures<ScaleOutKey>): string => (newShare === null ? '-' : `${newShare.toFixed(0)} %`);
const reached = ({ even }: Figures<ScaleOutKey>): string => {
  if (even === null) return 'did not come to it while it was watched';
  return even < 1_000 ? 'had it at once' : `came to it after ${(even / 1_000).toFixed(0)} s`;
};
