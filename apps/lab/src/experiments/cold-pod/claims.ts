import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import type { Figures } from '../../statistics/figures.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export type ColdPodKey = keyof typeof kinds;

export const kinds = {
  before: { label: 'requests a second, one pod', unit: 'perSecond', over: 'median' },
  after: { label: 'requests a second, two pods', unit: 'perSecond', over: 'median' },
  hottestLoad: { label: 'hottest pod: load, of average', unit: 'percent', over: 'median' },
  cpuAverage: { label: 'average pod: CPU, of its limit', unit: 'percent', over: 'median' },
  cpuHottest: { label: 'hottest pod: CPU, of its limit', unit: 'percent', over: 'median' },
  p99Before: { label: 'p99 with one pod', unit: 'ms', over: 'median', latency: true },
  p99Hottest: { label: 'hottest pod: p99', unit: 'ms', over: 'median', latency: true },
  p99Coldest: { label: 'coldest pod: p99', unit: 'ms', over: 'median', latency: true },
  p99All: { label: 'p99 of all requests', unit: 'ms', over: 'median', latency: true },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost', unit: 'count', over: 'total' },
} as const satisfies Experiment['kinds'];

export const claims: readonly Claim<ColdPodKey>[] = [
  {
    number: 17,
    sentence: 'Sessions that stay leave a new pod cold: the average looks well while the hottest pod does not.',
    decidedBy: ['hottestLoad', 'cpuHottest', 'cpuAverage', 'p99Hottest'],
    rule,
    isNoisy: true,
  },
];

/** Of the average: a pod with more is what an average hides, with less it is like the others. */
const hotPercent = 150;
const likePercent = 125;

/** Holds if with sticky sessions one pod keeps much more than the average of the load, and without sessions none does. */
function rule({ sticky, stateless }: FiguresByMode<ColdPodKey>): Verdict {
  if (sticky?.hottestLoad == null || stateless?.hottestLoad == null) {
    return cannotTell('It takes both stateless and sticky, each with one pod and then two.');
  }
  const reported = `after a second pod came, the hottest had ${of(sticky)} with sticky sessions, and ${of(stateless)} without.`;
  if (stateless.hottestLoad > likePercent) return fails(reported);
  if (sticky.hottestLoad >= hotPercent) return holds(reported);
  return sticky.hottestLoad <= likePercent ? fails(reported) : cannotTell(reported);
}

function of({ hottestLoad, cpuHottest, cpuAverage }: Figures<ColdPodKey>): string {
  const cpu =
    cpuHottest === null || cpuAverage === null
      ? ''
      : ` (CPU ${cpuHottest.toFixed(0)} % of its limit, ${cpuAverage.toFixed(0)} % on average)`;
  return `${hottestLoad!.toFixed(0)} % of the average load${cpu}`;
}
