import type { RecordedRequest } from '../http/recorded-request.js';
import { Latencies } from '../load/latency.js';

/** One answered request of a customer inside. */
export interface Answered {
  readonly pod: string;
  readonly endedAt: number;
  readonly latencyMs: number;
}

/** Undefined for what no pod answered well. */
export function answeredOf({ outcome, servedBy, endedAt }: RecordedRequest, intendedAt: number): Answered | undefined {
  if (outcome.kind !== 'ok' || servedBy === undefined) return undefined;
  return { pod: servedBy.pod, endedAt, latencyMs: endedAt - intendedAt };
}

export interface HotAndCold {
  readonly hottestLoad: number | null;
  readonly p99Hottest: number | null;
  /** Null when the coldest pod answered nothing. */
  readonly p99Coldest: number | null;
  readonly p99All: number | null;
}

/** Compares the pods, of which some may have answered nothing. */
export function hotAndCold(answered: readonly Answered[], pods: readonly string[]): HotAndCold {
  const of = (pod: string) => answered.filter((one) => one.pod === pod);
  const byLoad = pods.map(of).toSorted((one, other) => other.length - one.length);
  const all = byLoad.flat();
  return {
    hottestLoad: hottestLoad(all, pods),
    p99Hottest: p99(byLoad[0] ?? []),
    p99Coldest: p99(byLoad.at(-1) ?? []),
    p99All: p99(all),
  };
}

/** Load of the pod that had the most, as percent of the average over all of these; null without any. */
export function hottestLoad(answered: readonly Pick<Answered, 'pod'>[], pods: readonly string[]): number | null {
  const counts = new Map(pods.map((pod) => [pod, 0]));
  let all = 0;
  for (const { pod } of answered) {
    const count = counts.get(pod);
    if (count === undefined) continue;
    counts.set(pod, count + 1);
    all += 1;
  }
  return all === 0 ? null : (100 * Math.max(...counts.values()) * pods.length) / all;
}

export function p99(answered: readonly Pick<Answered, 'latencyMs'>[]): number | null {
  const latencies = new Latencies();
  for (const { latencyMs } of answered) latencies.record(latencyMs);
  return latencies.percentileMs(99) ?? null;
}
