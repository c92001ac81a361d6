import type { CustomerPool } from '../bank/pool.js';
import { modeNames } from '../bank/modes.js';
import type { Platform } from '../platform/platform.js';
import type { Experiment } from './experiment.js';
import type { RunOptions } from './run-options.js';

/** What a run gives each of its experiments. */
export interface PlannedRun extends Omit<RunOptions, 'customers'> {
  readonly platform: Platform;
  readonly pool: CustomerPool;
  /** Aborted when no further measurement is to begin; one that is under way comes to its end. */
  readonly stopping?: AbortSignal;
  readonly progress: (sentence: string) => void;
  /** Told how long each measurement took. */
  readonly onMeasured?: (seconds: number) => void;
}

/** What a run makes of one experiment. */
export interface Plan extends Pick<PlannedRun, 'rounds' | 'modes'> {
  /** How many modes are measured at the same time, at least one. */
  readonly width: number;
}

/** In how many rounds and in which modes a run measures an experiment. */
export function planOf(
  experiment: Experiment,
  { rounds, modes, platform, quick }: Pick<PlannedRun, 'rounds' | 'modes' | 'platform' | 'quick'>,
): Plan {
  const max = typeof experiment.rounds === 'object' ? experiment.rounds[platform.name] : experiment.rounds;
  const measured = modeNames.filter((mode) => modes.includes(mode) && (experiment.modes ?? modeNames).includes(mode));
  const together = experiment.together === 'always' || (experiment.together === 'quick' && quick);
  const widest = platform.name === 'kubernetes' ? experiment.togetherOnCluster : undefined;
  return {
    rounds: Math.min(rounds, max ?? rounds),
    modes: measured,
    width: together ? Math.max(1, Math.min(measured.length, widest ?? measured.length)) : 1,
  };
}
