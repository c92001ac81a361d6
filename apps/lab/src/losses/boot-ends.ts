import type { ServedBy } from '../http/recorded-request.js';
import type { PodEvent } from '../platform/platform.js';
import type { BootEnd } from './explain.js';

interface End {
  readonly how: 'died' | 'stopped';
  /** In `performance.now()` time. */
  readonly at: number;
  readonly workload: string;
}

/** Which boots ended, when and how, by what a platform tells of its pods; a platform may not know the boots' ids. */
export class BootEnds {
  readonly #latest = new Map<string, string>();
  readonly #ends = new Map<string, End>();
  readonly #endsOfPods = new Map<string, End>();
  readonly #workloads = new Map<string, string>();

  met(pod: string, workload: string): void {
    this.#workloads.set(pod, workload);
  }

  /** A boot that answers under a pod's name is the one that an event of that name is about. */
  saw({ pod, bootId }: ServedBy): void {
    if (!this.#ends.has(bootId)) this.#latest.set(pod, bootId);
  }

  heard({ pod, reason }: Pick<PodEvent, 'pod' | 'reason'>, at = performance.now()): void {
    this.met(pod.name, pod.workload);
    if (pod.phase === 'ready' && pod.bootId !== undefined) this.saw({ pod: pod.name, bootId: pod.bootId });
    if (pod.phase !== 'terminating' && pod.phase !== 'gone') return;
    const bootId = pod.bootId ?? this.#latest.get(pod.name);
    // The first word counts: a pod that was stopped is gone in the end, too.
    if (bootId === undefined || this.#ends.has(bootId)) return;
    const end: End = { how: isSudden(pod.phase, reason) ? 'died' : 'stopped', at, workload: pod.workload };
    this.#ends.set(bootId, end);
    this.#endsOfPods.set(pod.name, end);
  }

  /** How the boot had ended at that time. */
  endOf({ pod, bootId }: ServedBy, at: number): BootEnd {
    const end = this.#ends.get(bootId) ?? this.#endOfForerunner(pod, bootId);
    return end !== undefined && end.at <= at ? end.how : undefined;
  }

  /** How a boot of the same workload as that pod ended in that time, if one did: that it died goes before that it was stopped. */
  endBeside({ pod }: ServedBy, from: number, to: number): BootEnd {
    const workload = this.#workloads.get(pod);
    const ends = [...this.#ends.values()].filter((end) => end.workload === workload && end.at >= from && end.at <= to);
    return (ends.find(({ how }) => how === 'died') ?? ends[0])?.how;
  }

  /** A new boot may have answered before we heard that the one before it had ended. */
  #endOfForerunner(pod: string, bootId: string): End | undefined {
    const latest = this.#latest.get(pod);
    return latest === undefined || latest === bootId ? undefined : this.#endsOfPods.get(pod);
  }
}

/** A pod that goes without a word about stopping has died. */
function isSudden(phase: string, reason: string | undefined): boolean {
  if (reason === undefined) return phase === 'gone';
  return reason === 'killed' || reason.startsWith('crashed');
}
