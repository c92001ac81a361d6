import type { Iteration } from './executor.js';
import { Starts } from './starts.js';

export interface ClosedLoop {
  readonly users: number;
  readonly iterate: Iteration;
}

/** Each user begins again as soon as it has its answer, while `goesOn` says so: in a closed loop nobody can be late. */
export async function closedLoop({ users, iterate }: ClosedLoop, goesOn: (begun: number) => boolean): Promise<Starts> {
  const starts = new Starts();
  const loop = async (_: unknown, user: number): Promise<void> => {
    while (goesOn(starts.all)) {
      starts.add(0);
      await iterate(performance.now(), starts.all - 1, user);
    }
  };
  await Promise.all(Array.from({ length: users }, loop));
  return starts;
}
