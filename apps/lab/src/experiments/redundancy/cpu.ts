import { modes, type ModeName } from '../../bank/modes.js';
import type { Platform } from '../../platform/platform.js';

/** CPU seconds that all pods of a mode have used so far. */
export async function cpuSecondsOf(platform: Platform, mode: ModeName): Promise<number> {
  const { workload } = modes[mode];
  const [pods, usage] = await Promise.all([platform.pods(workload), platform.usage(workload)]);
  return pods.reduce((sum, { name }) => sum + (usage.get(name)?.cpuSeconds ?? 0), 0);
}
