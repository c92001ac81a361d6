import type { Figure, Round, Trial } from './figure.js';

/** What came out of a figure. */
export interface Result {
  readonly name: string;
  readonly title: string;
  readonly bound: 'at least' | 'at most';
  readonly target: number;
  readonly basis: string;
  /** Median of the rounds. */
  readonly ratio: number;
  readonly met: boolean;
  readonly lowest: number;
  readonly highest: number;
  readonly rounds: number;
  /** Medians. */
  readonly notes: Readonly<Record<string, number>>;
}

export function summarise({ name, title, target }: Figure, trial: Trial, rounds: readonly Round[]): Result {
  const ratios = rounds.map(({ ratio }) => ratio);
  const ratio = median(ratios);
  const notes = Object.keys(rounds[0]?.notes ?? {}).map(
    (key) => [key, median(rounds.map((round) => round.notes[key] ?? Number.NaN))] as const,
  );
  return {
    name,
    title,
    bound: target.bound,
    target: target.value,
    basis: trial.basis,
    ratio,
    met: target.bound === 'at least' ? ratio >= target.value : ratio <= target.value,
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    rounds: rounds.length,
    notes: Object.fromEntries(notes),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
