import type { Autoscaling, Platform, PodPhase } from '../platform/platform.js';
import { keepsSessions } from './modes.js';

/** A pod as it is now; null where it has not told. Rates are those since the reading before. */
export interface PodState {
  readonly name: string;
  readonly phase: PodPhase;
  /** Of the process that runs under the name now; null where that is not known. */
  readonly bootId: string | null;
  /** CPU in thousandths of a core. */
  readonly cpu: number | null;
  readonly memoryBytes: number | null;
  /** Sessions in its memory. */
  readonly sessions: number | null;
  readonly perSecond: number | null;
  /** Answers 5xx since it was started. */
  readonly failed: number | null;
}

export interface WorkloadState {
  readonly workload: string;
  readonly autoscaling: Autoscaling | null;
  readonly pods: readonly PodState[];
}

/** What a pod had counted at a moment. */
interface Counted {
  readonly atMs: number;
  readonly cpuSeconds: number;
  readonly requests: number;
}

const failures = ['500', '502', '503', '504'];
const requestCount = 'http_request_duration_seconds_count';

/** Reads how the pods of a bank are, from what they count themselves. */
export class BankReader {
  #before = new Map<string, Counted>();

  constructor(
    private readonly platform: Platform,
    private readonly workloads: readonly string[],
  ) {}

  async read(): Promise<WorkloadState[]> {
    const [usage, ...read] = await Promise.all([
      this.platform.usage(),
      ...this.workloads.map((workload) => this.#workloadCounts(workload)),
    ]);
    const counted = new Map<string, Counted>();
    const states = read.map(({ workload, pods, requests, failed, sessions }) => ({
      workload,
      autoscaling: this.platform.autoscaling?.(workload) ?? null,
      pods: pods.map(({ name, phase, bootId = null }): PodState => {
        const used = usage.get(name);
        const answered = requests.get(name);
        const told = { memoryBytes: used?.memoryBytes ?? null, sessions: sessions.get(name) ?? null };
        const own = { name, phase, bootId, ...told };
        if (used === undefined || answered === undefined) return { ...own, cpu: null, perSecond: null, failed: null };
        const now = { atMs: performance.now(), cpuSeconds: used.cpuSeconds, requests: answered };
        counted.set(name, now);
        const total = failed.reduce((sum, status) => sum + (status.get(name) ?? 0), 0);
        return { ...own, ...rates(this.#before.get(name), now), failed: total };
      }),
    }));
    this.#before = counted;
    return states;
  }

  async #workloadCounts(workload: string) {
    const { platform } = this;
    const [pods, requests, sessions, ...failed] = await Promise.all([
      platform.pods(workload),
      platform.metric(workload, requestCount),
      keepsSessions(workload) ? platform.metric(workload, 'tellers_sessions_open') : new Map<string, number>(),
      ...failures.map((status) => platform.metric(workload, requestCount, { status })),
    ]);
    return { workload, pods, requests, sessions, failed };
  }
}

/** Rates between two readings; null for the first, and for one of another process under the same name. */
function rates(before: Counted | undefined, now: Counted): Pick<PodState, 'cpu' | 'perSecond'> {
  if (before === undefined || now.cpuSeconds < before.cpuSeconds) return { cpu: null, perSecond: null };
  const seconds = (now.atMs - before.atMs) / 1_000;
  return {
    cpu: (1_000 * (now.cpuSeconds - before.cpuSeconds)) / seconds,
    perSecond: Math.max(0, now.requests - before.requests) / seconds,
  };
}
