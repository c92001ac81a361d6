import { seeded, shuffled } from '../load/random.js';
import type { ModeName } from '../bank/modes.js';

/** Streams of the run's seed that belong to the schedule: far from those that arrivals and customers draw from. */
const orders = 1_000_000;
const seeds = 2_000_000;

/** The modes in the order of one round: another one each time, so that a drift of the machine hits none of them more. */
export function orderOf(modes: readonly ModeName[], seed: number, round: number): ModeName[] {
  return shuffled(modes, seeded(seed, orders + round));
}

/** The seed of one round, for every mode the same: they meet the same customers at the same times. */
export function seedOf(seed: number, round: number): number {
  return Math.floor(seeded(seed, seeds + round)() * 2 ** 32);
}
