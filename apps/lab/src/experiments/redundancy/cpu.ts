import { modes, type ModeName } from '../../modes.js';
import type { Platform } from '../../platform/platform.js';

/** CPU seconds that all pods of a mode have used so far. */
export async function cpuSecondsOf(platform: Platform, mode: ModeName): Promise<number> {
  const [pods, usage] = await Promise.all([platform.pods(modes[mode].workload), platform.usage()]);
  return pods.reduce((sum, { name }) => sum + (usage.get(name)?.cpuSeconds ?? 0), 0);
}
