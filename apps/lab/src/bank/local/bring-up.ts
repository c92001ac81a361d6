import type { WorkloadName } from '../modes.js';
import type { Platform } from '../../platform/platform.js';
import { tailOf } from '../../platform/local/log-file.js';
import { logFileOf } from './templates.js';

/**
 * Starts all workloads at once; resolves when their pods are ready.
 * @throws an error with the last lines of the first pod that ends before: it has wrong settings, or the machine no room
 */
export async function bringUp(
  platform: Platform,
  workloads: Partial<Record<WorkloadName, number>>,
  folder: string,
  say: (sentence: string) => void,
): Promise<void> {
  const replicas = Object.entries(workloads) as [WorkloadName, number][];
  let stopWatching = () => {};
  const failed = new Promise<never>((_, reject) => {
    stopWatching = platform.watch(({ pod, reason }) => {
      if (pod.phase === 'ready') say(`Pod ${pod.name} is ready`);
      if (pod.phase !== 'gone') return;
      reject(new Error(`Pod ${pod.name} ${reason}. Its log ends:\n${tailOf(logFileOf(folder, pod.name))}`));
    });
  });
  try {
    await Promise.race([Promise.all(replicas.map(([name, count]) => platform.scale(name, count))), failed]);
  } finally {
    stopWatching();
  }
}
