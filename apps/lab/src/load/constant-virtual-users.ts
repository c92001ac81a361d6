import { closedLoop, type ClosedLoop } from './closed-loop.js';
import type { Executor } from './executor.js';

export interface ConstantVirtualUsers extends ClosedLoop {
  readonly durationMs: number;
}

/** So many users, each of whom does it again and again for that long. */
export function constantVirtualUsers({ durationMs, ...load }: ConstantVirtualUsers): Executor {
  return {
    run: (stopping) => {
      const until = performance.now() + durationMs;
      return closedLoop(load, () => performance.now() < until && !stopping?.aborted);
    },
  };
}
