import type { ModeName } from '../bank/modes.js';
import type { Settings } from '../report/scorecard.js';

/** What a run does: what its scorecard tells of it, and what else its user may say. */
export interface RunOptions extends Omit<Settings, 'platform' | 'modes'> {
  readonly modes: readonly ModeName[];
  /** Most sessions that are opened in one pod. */
  readonly sessions: number;
}

/** How much of everything a run takes. */
export type RunSize = Omit<RunOptions, 'modes' | 'seed'>;

/** What a run takes if nothing is said, and what the shortest one does. */
export const fullSize = { customers: 60, seconds: 4, rounds: 5, sessions: 100_000 };
export const quickSize = { customers: 60, seconds: 2, rounds: 1, sessions: 5_000 };

/** Fills in what the user did not say. */
export function sizeOf({ quick = false, ...said }: Partial<RunSize>): RunSize {
  const { customers, seconds, rounds, sessions } = { ...(quick ? quickSize : fullSize), ...said };
  return { customers, seconds, rounds, sessions, quick };
}
