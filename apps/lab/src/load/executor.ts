import type { Starts } from './starts.js';

/** Makes load by one algorithm, in the sense of k6's executors; what is done each time is handed to it. */
export interface Executor {
  /** Resolves when all that it began is over; once `stopping` is aborted, it begins nothing more. */
  run(stopping?: AbortSignal): Promise<Starts>;
}

/**
 * What is done once, the `index`th time of all.
 * @param intendedAt when it was meant to begin, in `performance.now()` time
 * @param user whose turn it is, where users take turns
 */
export type Iteration = (intendedAt: number, index: number, user: number) => Promise<unknown>;
