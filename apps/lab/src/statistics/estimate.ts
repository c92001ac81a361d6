import type { Random } from '../load/random.js';
import {
  eachFigure,
  type Estimate,
  type EstimatesBy,
  type FigureKind,
  type Figures,
  type FiguresBy,
} from './figures.js';

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

/** The figures of several rounds as those of one: events added up, of everything else the median. */
export function combine<Mode extends string, Key extends string>(
  kinds: Readonly<Record<Key, FigureKind>>,
  rounds: readonly FiguresBy<Mode, Key>[],
): FiguresBy<Mode, Key> {
  return inEachMode(rounds, (found) =>
    eachFigure(kinds, (key) =>
      combineOne(
        kinds[key],
        found.map((figures) => figures[key]),
      ),
    ),
  );
}

/** What comes of the figures of each mode that was measured in any round. */
function inEachMode<Mode extends string, Key extends string, Result>(
  rounds: readonly FiguresBy<Mode, Key>[],
  of: (found: readonly Figures<Key>[], mode: Mode) => Result,
): Partial<Record<Mode, Result>> {
  const modes = new Set(rounds.flatMap((round) => Object.keys(round) as Mode[]));
  const results = [...modes].map(
    (mode) =>
      [
        mode,
        of(
          rounds.flatMap((round) => round[mode] ?? []),
          mode,
        ),
      ] as const,
  );
  return Object.fromEntries(results) as Partial<Record<Mode, Result>>;
}

/** One figure over rounds; null when most rounds that measured it have none. */
export function combineOne({ over, absent }: FigureKind, samples: readonly (number | null)[]): number | null {
  const known = samples.filter((sample) => sample !== null);
  if (over === 'total') return known.length === 0 ? null : known.reduce((sum, sample) => sum + sample, 0);
  if (absent === 'beyond') return finite(middleOrMost(over)(samples.map((sample) => sample ?? Infinity)));
  const enough = absent === 'unmeasured' || known.length * 2 >= samples.length;
  return enough ? middleOrMost(over)(known) : null;
}

const middleOrMost = (over: FigureKind['over']) => (over === 'max' ? most : median);

const most = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values));

/** Null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const finite = (value: number | null): number | null => (value === null || !Number.isFinite(value) ? null : value);

/**
 * Each figure over all rounds, with its interval.
 * @param resampled the figures of each resample of the rounds; none when there was one round
 */
export function estimate<Mode extends string, Key extends string>(
  kinds: Readonly<Record<Key, FigureKind>>,
  rounds: readonly FiguresBy<Mode, Key>[],
  resampled: readonly FiguresBy<Mode, Key>[],
): EstimatesBy<Mode, Key> {
  return inEachMode(rounds, (found, mode) => {
    const ofMode = resampled.flatMap((one) => one[mode] ?? []);
    return eachFigure(kinds, (key): Estimate => {
      const samples = found.map((figures) => figures[key]);
      return { value: combineOne(kinds[key], samples), ...interval(kinds[key], key, ofMode), samples };
    });
  });
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
