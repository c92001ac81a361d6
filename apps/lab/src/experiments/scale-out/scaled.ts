import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkloadName } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';

const patienceMs = 180_000;
const lookEveryMs = 100;

/** Notes when pods that were not there before become ready, the earliest first, in `performance.now()` time. */
export function watchNewPods(platform: Platform, workload: WorkloadName, before: ReadonlySet<string>) {
  const readyAt = new Map<string, number>();
  const unwatch = platform.watch(({ pod }) => {
    if (pod.workload !== workload || pod.phase !== 'ready' || before.has(pod.name) || readyAt.has(pod.name)) return;
    readyAt.set(pod.name, performance.now());
  });
  return { readyAt, unwatch };
}

/** Waits until the workload's autoscaler wants more pods than there were; undefined when it does not come to that. */
export async function autoscalerDecides(
  platform: Platform,
  workload: WorkloadName,
  podsBefore: number,
): Promise<number | undefined> {
  return untilTrue(() => (platform.autoscaling?.(workload)?.desired ?? 0) > podsBefore);
}

/** Waits until it is true and gives the time; undefined when that takes minutes. */
export async function untilTrue(holds: () => boolean): Promise<number | undefined> {
  const from = performance.now();
  for (;;) {
    if (holds()) return performance.now();
    if (performance.now() - from > patienceMs) return undefined;
    await sleep(lookEveryMs);
  }
}
