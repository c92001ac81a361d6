import type { Executor, Iteration } from './executor.js';
import { openLoop } from './open-loop.js';

export interface RampingArrivalRate {
  /** Offered in each stage, one after the other. */
  readonly perSecond: readonly number[];
  readonly stageMs: number;
  readonly iterate: Iteration;
}

/** Arrivals whose rate changes from stage to stage, evenly spaced, so that the rate alone decides how full a service is. */
export function rampingArrivalRate({ perSecond, stageMs, iterate }: RampingArrivalRate): Executor {
  return openLoop({ arrivals: evenArrivals(perSecond, stageMs), durationMs: perSecond.length * stageMs, iterate });
}

function* evenArrivals(perSecond: readonly number[], stageMs: number): Generator<number> {
  for (let at = 0; at < perSecond.length * stageMs; at += 1_000 / perSecond[Math.floor(at / stageMs)]!) yield at;
}
