import type { Unit } from '../report/plot.js';

/** A row of figures on the scorecard. */
export interface FigureKind {
  readonly label: string;
  readonly unit: Unit;
  /** How rounds become one figure: events are added up, of what is longest or last the most counts, all else is a median. */
  readonly over: 'total' | 'max' | 'median';
  /** A latency, or what else hangs on the lab's pace: void in a round in which the generator fell behind. */
  readonly latency?: true;
  /**
   * What null means: nothing to measure; or (`beyond`) more than the experiment waited for, which a median counts as that;
   * or (`unmeasured`) a round that left it out on purpose, which a median passes over.
   */
  readonly absent?: 'beyond' | 'unmeasured';
}

/** The figures of one mode by key; null where there is nothing to measure in that mode. */
export type Figures<Key extends string = string> = Readonly<Record<Key, number | null>>;

/** A value for each key, in the order of the kinds. */
export function eachFigure<Key extends string, Value>(
  kinds: Readonly<Record<Key, unknown>>,
  of: (key: Key) => Value,
): Record<Key, Value> {
  const keys = Object.keys(kinds) as Key[];
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<Key, Value>;
}

/** The figures of each mode that was measured. */
export type FiguresBy<Mode extends string, Key extends string = string> = Partial<Record<Mode, Figures<Key>>>;

/** A figure over all rounds, with its 95 % interval by bootstrap; no interval from one round. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What each round found, in their order. */
  readonly samples: readonly (number | null)[];
}

export type EstimatesBy<Mode extends string, Key extends string = string> = Partial<
  Record<Mode, Readonly<Record<Key, Estimate>>>
>;
