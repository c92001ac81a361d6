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
  /** Whether the rounds differ by more than a quarter, so that another run may well tell something else. */
  readonly noisy: boolean;
  readonly rounds: number;
  /** Medians. */
  readonly notes: Readonly<Record<string, number>>;
}

const steady = 1.25;

export function summarise({ name, title, target }: Figure, trial: Trial, rounds: readonly Round[]): Result {
  const ratios = rounds.map(({ ratio }) => ratio);
  const ratio = median(ratios);
  const [lowest, highest] = [Math.min(...ratios), Math.max(...ratios)];
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
    lowest,
    highest,
    noisy: highest > steady * lowest,
    rounds: rounds.length,
    notes: Object.fromEntries(notes),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
