import { modes, type ModeName, type WorkloadName } from '../bank/modes.js';
import type { Platform } from '../platform/platform.js';

/** CPU that pods used up to a moment. */
export interface CpuAt {
  readonly atMs: number;
  readonly seconds: ReadonlyMap<string, number>;
}

/** Reads the CPU that each pod of a workload has used so far. */
export async function readCpu(platform: Platform, workload: WorkloadName): Promise<CpuAt> {
  const usage = await platform.usage(workload);
  return { atMs: performance.now(), seconds: new Map([...usage].map(([pod, { cpuSeconds }]) => [pod, cpuSeconds])) };
}

/** CPU seconds that all pods of a mode have used so far. */
export async function cpuSecondsOf(platform: Platform, mode: ModeName): Promise<number> {
  const { workload } = modes[mode];
  const [pods, { seconds }] = await Promise.all([platform.pods(workload), readCpu(platform, workload)]);
  return pods.reduce((sum, { name }) => sum + (seconds.get(name) ?? 0), 0);
}

/** What pods used between two moments, as percent of a core; a pod that was not there at first counts from its start. */
export function cpuBetween(
  one: CpuAt,
  other: CpuAt,
  pods: readonly string[],
): { average: number; busiest: number } | null {
  const ms = other.atMs - one.atMs;
  const used = pods.flatMap((pod) => {
    const now = other.seconds.get(pod);
    return now === undefined ? [] : [(100_000 * (now - (one.seconds.get(pod) ?? 0))) / ms];
  });
  if (used.length === 0 || ms <= 0) return null;
  return { average: used.reduce((sum, percent) => sum + percent, 0) / used.length, busiest: Math.max(...used) };
}
