import { closedLoop, type ClosedLoop } from './closed-loop.js';
import type { Executor } from './executor.js';

export interface SharedIterations extends ClosedLoop {
  readonly iterations: number;
}

/** So many iterations in all; whichever user is free begins the next one. */
export function sharedIterations({ users, iterations, iterate }: SharedIterations): Executor {
  return {
    run: (stopping) =>
      closedLoop({ users: Math.min(users, iterations), iterate }, (begun) => begun < iterations && !stopping?.aborted),
  };
}
