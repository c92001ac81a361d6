import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import type { Figures } from '../../statistics/figures.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export type SpeedUpKey = keyof typeof kinds;

export const kinds = {
  saturation1: { label: 'saturation throughput, 1 pod', unit: 'perSecond', over: 'median', latency: true },
  saturation2: { label: 'saturation throughput, 2 pods', unit: 'perSecond', over: 'median', latency: true },
  saturation3: { label: 'saturation throughput, 3 pods', unit: 'perSecond', over: 'median', latency: true },
  saturation4: { label: 'saturation throughput, 4 pods', unit: 'perSecond', over: 'median', latency: true },
  ideal2: { label: 'share of the ideal, 2 pods', unit: 'percent', over: 'median', latency: true },
  ideal3: { label: 'share of the ideal, 3 pods', unit: 'percent', over: 'median', latency: true },
  ideal4: { label: 'share of the ideal, 4 pods', unit: 'percent', over: 'median', latency: true },
  minIdeal: { label: 'share of ideal, most pods: min', unit: 'percent', over: 'median', latency: true },
  maxIdeal: { label: 'share of ideal, most pods: max', unit: 'percent', over: 'median', latency: true },
  machine: { label: 'whole machine’s CPU, most pods', unit: 'percent', over: 'median' },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost', unit: 'count', over: 'total' },
} as const satisfies Experiment['kinds'];

export const claims: readonly Claim<SpeedUpKey>[] = [
  {
    number: 5,
    sentence: 'Stateless: simple and easy to scale.',
    decidedBy: ['ideal4', 'ideal3', 'ideal2', 'maxIdeal'],
    rule,
    isNoisy: true,
  },
];

/** Of n times one pod, that n pods must bear. */
const enoughPercent = 95;
/** With less of the machine left, more pods could not have shown what they can. */
const fullPercent = 90;

/** Holds if the most stateless pods that were measured bear 0.95 times as much each as one alone; not if less by their best climbs and what those leave open. */
function rule({ stateless }: FiguresByMode<SpeedUpKey>): Verdict {
  const [pods, share] = maxPods(stateless) ?? [];
  if (stateless === undefined || pods === undefined || share === undefined) {
    return cannotTell('The stateless pods were not measured with one and with more.');
  }
  const reported = `${pods} stateless pods bore ${share.toFixed(0)} % of ${pods} times one pod`;
  if (share >= enoughPercent) return holds(`${reported}.`);
  const { machine, minIdeal, maxIdeal } = stateless;
  if (machine !== null && machine >= fullPercent) {
    return cannotTell(`${reported}; but the machine itself was full (${machine.toFixed(0)} % of its CPU).`);
  }
  if (minIdeal === null || maxIdeal === null || maxIdeal < enoughPercent) return fails(`${reported}.`);
  const between = `${minIdeal.toFixed(0)} and ${maxIdeal.toFixed(0)} %`;
  return cannotTell(`${reported}: between ${between}, as far as their climbs tell.`);
}

function maxPods(figures: Figures<SpeedUpKey> | undefined): [number, number] | undefined {
  const found = ([4, 3, 2] as const).map((pods) => [pods, figures?.[`ideal${pods}`] ?? null] as const);
  const [max] = found.flatMap(([pods, share]): [number, number][] => (share === null ? [] : [[pods, share]]));
  return max;
}
