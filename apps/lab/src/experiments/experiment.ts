import type { CustomerPool } from '../bank/pool.js';
import type { BankRecorder } from '../bank/mode-record.js';
import type { LossLedger } from '../losses/loss-ledger.js';
import type { ModeName } from '../bank/modes.js';
import type { Platform } from '../platform/platform.js';
import type { Plot } from '../report/plot.js';
import type { RunOptions, RunSize } from './run-options.js';
import type { ClaimBy, FoundBy, MeasuredBy } from '../statistics/conclude.js';
import type { EstimatesBy, Figures, FiguresBy } from '../statistics/figures.js';

export type FiguresByMode<Key extends string = string> = FiguresBy<ModeName, Key>;

export type EstimatesByMode<Key extends string = string> = EstimatesBy<ModeName, Key>;

/** What all rounds of an experiment found. */
export type Found<Key extends string = string> = FoundBy<ModeName, Key>;

/** A sentence of the lesson, and the rule that judges it by figures alone. */
export type Claim<Key extends string = string> = ClaimBy<ModeName, Key>;

/**
 * What one measurement may use: a platform, customers, and a say in what the reader is told. Its seed is another one in
 * each round, the same for every mode of a round.
 */
export interface Lab extends Pick<RunOptions, 'seconds' | 'sessions' | 'quick' | 'seed'> {
  readonly platform: Platform;
  readonly pool: CustomerPool;
  /** From 0. */
  readonly round: number;
  readonly progress: (sentence: string) => void;
  /** Adds a sentence to the scorecard that a reader of the figures must know; the same sentence is kept once. */
  readonly note: (sentence: string) => void;
  /** Shows a time series as it was in this measurement; those of the first round are kept. */
  readonly draw: (plot: Plot) => void;
  readonly losses: LossLedger<ModeName>;
  /** A new recorder whose lost sessions and failed requests the ledger books. */
  readonly recorder: () => BankRecorder;
  /** What is the same for every mode: measured by whoever asks first in a round. */
  readonly oncePerRound: <Value>(name: string, measure: () => Promise<Value>) => Promise<Value>;
  /** Goes on beside what is measured next, which waits only for its own workload; a round waits for its end. */
  readonly tidyUp: (work: Promise<unknown>) => void;
  /** Audits the ledger and lets customers read their statements; tells what is new since it was last asked. */
  readonly checkMoney: () => Promise<MoneyCheck>;
}

export interface MoneyCheck {
  readonly auditBreaches: 0 | 1;
  /** Cents that are not where customers were told they are. */
  readonly lostMinor: number;
}

/** A question to the bank, with the figures that answer it and the rules that judge them. */
export interface Experiment<Key extends string = string> extends MeasuredBy<ModeName, Key> {
  readonly name: string;
  readonly summary: string;
  /** How it was measured, for the scorecard. */
  readonly how: string;
  /** At most so many rounds, where one takes long, also on a certain platform; the run's if not given. */
  readonly rounds?: number | Readonly<Record<Platform['name'], number>>;
  /**
   * When the modes of a round are measured at the same time, each with its share of the customers: always where no figure
   * that decides is one of speed, in a quick run, or not at all if not given.
   */
  readonly together?: 'always' | 'quick';
  /** At most so many at the same time on a cluster, where all would start more pods at once than a small one bears. */
  readonly togetherOnCluster?: number;
  /** Which modes it makes sense in; all if not given. */
  readonly modes?: readonly ModeName[];
  /** About how many seconds one measurement takes, for the time left; refined by what was seen. */
  expectedSeconds(size: RunSize, platform: Platform['name']): number;
  /** Begins before a run's first experiment what takes minutes and disturbs nobody; `measure` waits for it. */
  ahead?(platform: Platform, size: RunSize): void;
  /** One mode, one round, on a settled platform, which it leaves as it was. */
  measure(lab: Lab, mode: ModeName): Promise<Figures<Key>>;
}
