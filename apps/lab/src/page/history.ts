import type { BankSnapshot } from '../protocol/snapshots.js';

/** How a workload was at one moment. */
export interface Sample {
  readonly at: number;
  readonly ready: number;
  /** What the autoscaler wants; null where there is none. */
  readonly desired: number | null;
  readonly perSecond: ReadonlyMap<string, number | null>;
}

export const keptMs = 5 * 60_000;

/** The last minutes of each workload, as this page was told them. */
export class History {
  readonly #samples = new Map<string, Sample[]>();
  #readAt: number | null = null;

  hear({ readAt, workloads }: BankSnapshot): void {
    if (readAt === null || readAt === this.#readAt) return;
    this.#readAt = readAt;
    for (const { workload, pods, autoscaling } of workloads) {
      const samples = this.#samples.get(workload) ?? [];
      samples.push({
        at: readAt,
        ready: pods.filter(({ phase }) => phase === 'ready').length,
        desired: autoscaling?.desired ?? null,
        perSecond: new Map(pods.map(({ name, perSecond }) => [name, perSecond])),
      });
      while (samples[0] !== undefined && samples[0].at < readAt - keptMs) samples.shift();
      this.#samples.set(workload, samples);
    }
  }

  of(workload: string): readonly Sample[] {
    return this.#samples.get(workload) ?? [];
  }
}

/** What is taken to be the load just now. */
export const smoothMs = 5_000;

/** A pod's requests a second at each sample, as the mean of the last seconds: single ones jump about. */
export function smoothed(samples: readonly Sample[], pod: string): (number | null)[] {
  return samples.map(({ at, perSecond }, index) => {
    if (perSecond.get(pod) == null) return null;
    let [sum, number] = [0, 0];
    for (let from = index; from >= 0 && samples[from]!.at > at - smoothMs; from--) {
      const value = samples[from]!.perSecond.get(pod);
      if (value == null) break;
      sum += value;
      number += 1;
    }
    return sum / number;
  });
}

/** How the load is shared just now, in a sentence: who came last takes how much, and how much would be even. */
export function shareInWords(samples: readonly Sample[]): string {
  const pods = [...(samples.at(-1)?.perSecond.keys() ?? [])];
  const loads = pods.map((pod) => smoothed(samples.slice(-smoothMs / 500), pod).at(-1) ?? 0);
  const all = loads.reduce((sum, load) => sum + load, 0);
  if (pods.length < 2 || all < 1) return '';
  const share = (load: number): string => `${Math.round((load / all) * 100)} %`;
  const even = `an even share is ${share(all / pods.length)} (last ${smoothMs / 1_000} s).`;
  const newest = newestOf(samples);
  const load = newest === undefined ? undefined : loads[pods.indexOf(newest)];
  if (load !== undefined) return `${newest}, which came last, takes ${share(load)} of the requests; ${even}`;
  return `A pod takes from ${share(Math.min(...loads))} to ${share(Math.max(...loads))} of the requests; ${even}`;
}

/** The pod that came last, if one has come since this page began to look. */
export function newestOf(samples: readonly Sample[]): string | undefined {
  const known = new Set(samples[0]?.perSecond.keys());
  let newest: string | undefined;
  for (const { perSecond } of samples) {
    for (const pod of perSecond.keys()) {
      if (known.has(pod)) continue;
      known.add(pod);
      newest = pod;
    }
  }
  return newest;
}
