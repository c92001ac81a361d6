import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { due } from './due.js';
import type { Executor, Iteration } from './executor.js';
import { Starts } from './starts.js';

export interface OpenLoop {
  /** Intended starts in ms from now, ascending. */
  readonly arrivals: Iterator<number>;
  readonly durationMs: number;
  /** Not awaited before the next one starts. */
  readonly iterate: Iteration;
}

/** Starts each arrival at its time whether or not the earlier ones were answered: a slow service does not slow them down. */
export function openLoop({ arrivals, durationMs, iterate }: OpenLoop): Executor {
  return {
    async run(stopping) {
      const startedAt = performance.now();
      const running = new Set<Promise<unknown>>();
      const starts = new Starts();
      for (;;) {
        const { value: offset, done } = arrivals.next();
        if (done === true || offset >= durationMs || stopping?.aborted) break;
        const intendedAt = startedAt + offset;
        if (!(await until(intendedAt, stopping))) break;
        starts.add(performance.now() - intendedAt);
        const index = starts.all - 1;
        const run: Promise<unknown> = iterate(due(intendedAt), index, index).finally(() => running.delete(run));
        running.add(run);
      }
      await Promise.all(running);
      return starts;
    },
  };
}

async function until(at: number, signal: AbortSignal | undefined): Promise<boolean> {
  const waitMs = at - performance.now();
  // Answers come in between starts that are late, too: they tell whether to go on.
  if (waitMs <= 0) return nextTurn(true);
  try {
    await sleep(waitMs, undefined, signal === undefined ? {} : { signal });
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}
