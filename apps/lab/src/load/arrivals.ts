import { exponential, type Random } from './random.js';

/** When customers come, in ms from the start: a Poisson process of that many a second, without end. */
export function* poissonArrivals(perSecond: number, random: Random): Generator<number, never> {
  let at = 0;
  for (;;) {
    at += exponential(1_000 / perSecond, random);
    yield at;
  }
}
