import type { CustomerPool } from '../customers/pool.js';
import { modeNames, type ModeName } from '../modes.js';
import type { Platform } from '../platform/platform.js';
import type { Experiment, RunSize } from './experiment.js';

/** What a run gives each of its experiments. */
export interface Run extends Omit<RunSize, 'customers'> {
  readonly platform: Platform;
  readonly pool: CustomerPool;
  readonly modes: readonly ModeName[];
  readonly rounds: number;
  readonly seed: number;
  /** Whether the modes of a round are measured at the same time, each with customers of its own: quicker, and less exact. */
  readonly atOnce?: boolean;
  readonly progress: (sentence: string) => void;
  /** Told how long each measurement took. */
  readonly onMeasured?: (seconds: number) => void;
}

/** How many rounds of an experiment a run makes, and in which modes. */
export function planOf(
  experiment: Experiment,
  { rounds, modes, platform }: Pick<Run, 'rounds' | 'modes' | 'platform'>,
) {
  const most = typeof experiment.rounds === 'object' ? experiment.rounds[platform.name] : experiment.rounds;
  return {
    rounds: Math.min(rounds, most ?? rounds),
    modes: modeNames.filter((mode) => modes.includes(mode) && (experiment.modes ?? modeNames).includes(mode)),
  };
}
