import type { BankNow } from './messages.js';

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

  hear({ readAt, workloads }: BankNow): void {
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

/** How the load is shared just now, in a sentence: who came last takes how much, and how much would be even. */
export function shareInWords(samples: readonly Sample[], overMs = 5_000): string {
  const last = samples.at(-1);
  if (last === undefined) return '';
  const recent = samples.filter(({ at }) => at > last.at - overMs);
  const pods = [...last.perSecond.keys()];
  const loads = pods.map((pod) => mean(recent.map(({ perSecond }) => perSecond.get(pod) ?? 0)));
  const all = loads.reduce((sum, load) => sum + load, 0);
  if (pods.length < 2 || all < 1) return '';
  const newest = newestOf(samples, pods);
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  const share = (loads[pods.indexOf(newest)] ?? 0) / all;
  const even = percent(1 / pods.length);
  return `${newest}, which came last, takes ${percent(share)} of the requests (last ${overMs / 1_000} s); an even share is ${even}.`;
}

/** The pod that was seen first the latest. */
export function newestOf(samples: readonly Sample[], pods: readonly string[]): string {
  const since = (pod: string): number => samples.find(({ perSecond }) => perSecond.has(pod))?.at ?? 0;
  return pods.reduce((newest, pod) => (since(pod) >= since(newest) ? pod : newest));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
