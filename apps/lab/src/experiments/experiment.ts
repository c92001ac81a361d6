import type { CustomerPool } from '../customers/pool.js';
import type { ModeName } from '../modes.js';
import type { Platform } from '../platform/platform.js';

export type Unit = 'count' | 'bytes' | 'ms' | 'µs' | 'percent' | 'cents';

/** A row of figures on the scorecard. */
export interface FigureKind {
  readonly label: string;
  readonly unit: Unit;
}

/** The figures of one mode by key; null where there is nothing to measure in that mode. */
export type Figures<Key extends string = string> = Readonly<Record<Key, number | null>>;

export type FiguresByMode<Key extends string = string> = Partial<Record<ModeName, Figures<Key>>>;

export interface Verdict {
  readonly ruling: 'holds' | 'does not hold' | 'cannot tell here';
  /** The figures that decided it, in a sentence. */
  readonly because: string;
}

/** A sentence of the lesson, and the rule that judges it by figures alone. */
export interface Claim<Key extends string = string> {
  readonly number: number;
  readonly sentence: string;
  readonly rule: (figures: FiguresByMode<Key>) => Verdict;
}

/** What an experiment may use: a platform, customers, and a say in what the user sees. */
export interface Lab {
  readonly platform: Platform;
  readonly pool: CustomerPool;
  readonly modes: readonly ModeName[];
  /** Seconds of load per mode, where an experiment sends any. */
  readonly seconds: number;
  readonly seed: number;
  readonly progress: (sentence: string) => void;
  /** Adds a sentence to the scorecard that a reader of the figures must know. */
  readonly note: (sentence: string) => void;
}

/** A question to the bank, with the figures that answer it and the rules that judge them. */
export interface Experiment<Key extends string = string> {
  readonly name: string;
  readonly summary: string;
  readonly claims: readonly Claim<Key>[];
  readonly kinds: Readonly<Record<Key, FigureKind>>;
  /** How it was measured, for the scorecard. */
  readonly how: string;
  run(lab: Lab): Promise<FiguresByMode<Key>>;
}
