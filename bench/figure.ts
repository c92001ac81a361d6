import type { Redis } from 'ioredis';
import type { BenchLoad } from './load/load.js';

/** What every figure may use. */
export interface Bench {
  readonly redis: Redis;
  readonly redisUrl: string;
  /** Every key of this run starts with it; all are removed at the end. */
  readonly prefix: string;
  /** A folder of this run's own, removed at the end. */
  readonly folder: string;
  readonly load: BenchLoad;
  /** How long each side of a round is measured. */
  readonly seconds: number;
}

/** One row of the table. */
export interface Figure {
  readonly name: string;
  /** What is divided by what. */
  readonly title: string;
  readonly target: FigureTarget;
  /** Starts what is measured. Throws Skipped where this machine lacks a part. */
  open(bench: Bench): Promise<Trial>;
}

export interface FigureTarget {
  readonly bound: 'at least' | 'at most';
  readonly value: number;
}

/** A figure whose parts run. */
export interface Trial {
  /** What the ratio is of, such as `CPU time per request`. */
  readonly basis: string;
  /** Most rounds that tell anything; no bound unless set. */
  readonly maxRounds?: number;
  /** Measures once; rounds are numbered from 0. */
  round(index: number): Promise<Round>;
  close(): Promise<void>;
}

export interface Round {
  readonly ratio: number;
  /** Further numbers to show, by what they are. */
  readonly notes: Readonly<Record<string, number>>;
}

/** This figure can't be measured here; the message is a sentence that says why. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}
