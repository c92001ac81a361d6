import { warmPercent } from './claims.js';

/** What a pod answered, second by second, all pods from the same second on, and from which second on it was ready. */
export interface PodLoad {
  readonly requests: readonly number[];
  readonly readyFrom: number;
}

export type LoadByPod = ReadonlyMap<string, PodLoad>;

/** Long enough that single requests do not decide. */
const overSeconds = 3;

/**
 * A pod's load in some seconds, as percent of what it would be if in each of them all pods that were ready had the same.
 * Seconds before the pod was ready do not count; null when there was no load.
 */
export function percentOfEven(load: LoadByPod, pod: string, from: number, to: number): number | null {
  const one = load.get(pod);
  if (one === undefined) return null;
  let [own, even] = [0, 0];
  for (let second = Math.max(from, one.readyFrom); second < to; second++) {
    const ready = [...load.values()].filter(({ readyFrom }) => readyFrom <= second);
    const all = ready.reduce((sum, { requests }) => sum + (requests[second] ?? 0), 0);
    own += one.requests[second] ?? 0;
    even += all / ready.length;
  }
  return even === 0 ? null : (100 * own) / even;
}

/** The load of the pod that had the most, as percent of the average, 100 when all is even. */
export function busiestPercent(load: LoadByPod, from: number, to: number): number | null {
  const shares = [...load.keys()].map((pod) => percentOfEven(load, pod, from, to) ?? 0);
  const max = Math.max(0, ...shares);
  return max === 0 ? null : max;
}

/** Seconds from when a pod was ready until it has its even share for a few seconds; null when it does not come to that. */
export function secondsToEven(load: LoadByPod, pod: string): number | null {
  const { requests, readyFrom } = load.get(pod) ?? { requests: [], readyFrom: 0 };
  for (let from = readyFrom; from + overSeconds <= requests.length; from++) {
    if ((percentOfEven(load, pod, from, from + overSeconds) ?? 0) >= warmPercent) return from - readyFrom;
  }
  return null;
}
