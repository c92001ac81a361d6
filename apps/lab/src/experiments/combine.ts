import { modeNames } from '../modes.js';
import type { FigureKind, Figures, FiguresByMode } from './experiment.js';

/** The figures of several rounds as those of one: events added up, of everything else the median. */
export function combine<Key extends string>(
  kinds: Readonly<Record<Key, FigureKind>>,
  rounds: readonly FiguresByMode<Key>[],
): FiguresByMode<Key> {
  const combined: FiguresByMode<Key> = {};
  for (const mode of modeNames) {
    const found = rounds.flatMap((round) => round[mode] ?? []);
    if (found.length === 0) continue;
    const keys = Object.keys(kinds) as Key[];
    const figures = keys.map(
      (key) =>
        [
          key,
          combineOne(
            kinds[key],
            found.map((figure) => figure[key]),
          ),
        ] as const,
    );
    combined[mode] = Object.fromEntries(figures) as Figures<Key>;
  }
  return combined;
}

/** One figure over rounds; null when most rounds that measured it have none. */
export function combineOne({ over, absent }: FigureKind, samples: readonly (number | null)[]): number | null {
  const known = samples.filter((sample) => sample !== null);
  if (over === 'total') return known.length === 0 ? null : known.reduce((sum, sample) => sum + sample, 0);
  if (absent === 'beyond') return finite(median(samples.map((sample) => sample ?? Infinity)));
  const enough = absent === 'unmeasured' || known.length * 2 >= samples.length;
  return enough ? median(known) : null;
}

/** Null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const finite = (value: number | null): number | null => (value === null || !Number.isFinite(value) ? null : value);
