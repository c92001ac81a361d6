import { modeNames } from '../modes.js';
import { percentileInterval } from './bootstrap.js';
import { combine } from './combine.js';
import type { Estimate, EstimatesByMode, FigureKind, Figures, FiguresByMode } from './experiment.js';

/**
 * Each figure over all rounds, with its interval.
 * @param resampled the figures of each resample of the rounds; none when there was one round
 */
export function estimate<Key extends string>(
  kinds: Readonly<Record<Key, FigureKind>>,
  rounds: readonly FiguresByMode<Key>[],
  resampled: readonly FiguresByMode<Key>[],
): EstimatesByMode<Key> {
  const combined = combine(kinds, rounds);
  const estimates: EstimatesByMode<Key> = {};
  for (const mode of modeNames) {
    const figures = combined[mode];
    if (figures === undefined) continue;
    const ofMode = resampled.flatMap((one) => one[mode] ?? []);
    const keys = Object.keys(kinds) as Key[];
    const all = keys.map((key): [Key, Estimate] => {
      const samples = rounds.flatMap((round) => round[mode] ?? []).map((figure) => figure[key]);
      return [key, { value: figures[key], ...interval(kinds[key], key, ofMode), samples }];
    });
    estimates[mode] = Object.fromEntries(all) as Record<Key, Estimate>;
  }
  return estimates;
}

function interval<Key extends string>(
  { absent }: FigureKind,
  key: Key,
  resampled: readonly Figures<Key>[],
): Pick<Estimate, 'low' | 'high'> {
  const values = resampled.flatMap((figures) => figures[key] ?? (absent === 'beyond' ? Infinity : []));
  const { low = Infinity, high = Infinity } = percentileInterval(values) ?? {};
  return { low: Number.isFinite(low) ? low : null, high: Number.isFinite(high) ? high : null };
}
