import type { Executor } from './executor.js';
import { openLoop, type OpenLoop } from './open-loop.js';
import { exponential, type Random } from './random.js';

export interface ConstantArrivalRate extends Omit<OpenLoop, 'arrivals'> {
  readonly perSecond: number;
  readonly random: Random;
}

/** Arrivals by chance, independent of each other and of what is answered, so many a second on average. */
export function constantArrivalRate({ perSecond, random, ...load }: ConstantArrivalRate): Executor {
  return openLoop({ ...load, arrivals: poissonArrivals(perSecond, random) });
}

/** In ms from the start: a Poisson process of that many a second, without end. */
export function* poissonArrivals(perSecond: number, random: Random): Generator<number, never> {
  let at = 0;
  for (;;) {
    at += exponential(1_000 / perSecond, random);
    yield at;
  }
}
