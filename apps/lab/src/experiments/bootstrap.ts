import type { Random } from '../load/random.js';

/**
 * The bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993): as many rounds as there were are drawn
 * with replacement, again and again. Whole rounds, so that modes that met the same round stay together.
 */
export function resamples<Round>(rounds: readonly Round[], count: number, random: Random): Round[][] {
  return Array.from({ length: count }, () => rounds.map(() => rounds[Math.floor(random() * rounds.length)] as Round));
}

/** Its percentile interval: what `share` of the values lie in, as many left out below as above. */
export function percentileInterval(values: readonly number[], share = 0.95): { low: number; high: number } | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((one, other) => one - other);
  const outside = Math.floor((sorted.length * (1 - share)) / 2);
  return { low: sorted[outside]!, high: sorted[sorted.length - 1 - outside]! };
}
