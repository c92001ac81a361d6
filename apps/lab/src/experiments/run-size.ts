/** How much of everything a run takes, as far as the user says. */
export interface SizeFlags {
  readonly customers?: number;
  readonly seconds?: number;
  readonly rounds?: number;
  readonly sessions?: number;
  readonly quick?: boolean;
}

/** What a run takes if nothing is said, and what the shortest one does. */
export const fullSize = { customers: 60, seconds: 4, rounds: 5, sessions: 100_000 };
export const quickSize = { customers: 60, seconds: 2, rounds: 1, sessions: 5_000 };

/** Fills in what the user did not say. */
export function sizeOf({ quick = false, ...said }: SizeFlags): Required<SizeFlags> {
  const { customers, seconds, rounds, sessions } = { ...(quick ? quickSize : fullSize), ...said };
  return { customers, seconds, rounds, sessions, quick };
}
