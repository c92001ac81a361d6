/** What may be lost: `none`, not even when a pod dies; `minutes`, when a pod dies but not when it is stopped; `any`, at either. */
export type LossTolerance = (typeof lossTolerances)[number];

export const lossTolerances = ['none', 'minutes', 'any'] as const;

/** A reader's own workload, as far as the advice depends on it. */
export interface AdvisedWorkload {
  /** Who are inside at the same time, each with a session. */
  readonly users: number;
  /** Mean seconds between two acts of a user: a look, a step of a transfer. */
  readonly thinkSeconds: number;
  /** Bytes of what the server is to remember of a user, beside what the lab's own bank remembers. */
  readonly sessionBytes: number;
  /** Share of the acts that change it, 0 to 100. */
  readonly writesPercent: number;
  readonly lossTolerance: LossTolerance;
}

export type Quantity = Exclude<keyof AdvisedWorkload, 'lossTolerance'>;

/** The values that the formulas are good for. */
export const ranges: Readonly<
  Record<Quantity, { readonly min: number; readonly max: number; readonly whole: boolean }>
> = {
  users: { min: 1, max: 10_000_000, whole: true },
  thinkSeconds: { min: 0.1, max: 3_600, whole: false },
  // Past a mebibyte a session is no longer what a cookie, a token or a key of Redis should hold.
  sessionBytes: { min: 0, max: 1_048_576, whole: true },
  writesPercent: { min: 0, max: 100, whole: false },
};

/** Acts a second of all users. */
export function actsPerSecond({ users, thinkSeconds }: AdvisedWorkload): number {
  return users / thinkSeconds;
}
