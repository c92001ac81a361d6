/** What a report says first, built once and drawn by each rendering in its own way. */
export interface HeadlineAnswer {
  readonly modes: readonly { readonly name: string; readonly about: string }[];
  /** What to know of the figures before any is read. */
  readonly caution: string | undefined;
  /** What the tables below come to: a sentence for each, as far as its figures were measured. */
  readonly inShort: readonly ShortAnswer[];
  readonly groups: readonly AnswerGroup[];
  readonly advised: AdvisedCases;
  /** What could not be told, and why: a cell's `why` is the number of one, from 1. */
  readonly untold: readonly string[];
}

export interface ShortAnswer {
  /** A word or two that the sentence is about. */
  readonly about: string;
  readonly sentence: string;
}

export interface AnswerGroup {
  readonly title: string;
  readonly rows: readonly AnswerRow[];
}

/** One thing that each mode costs, loses or does. */
export interface AnswerRow {
  /** Short enough for a terminal with five modes beside it. */
  readonly label: string;
  readonly about: string;
  /** Where the figures come from; undefined for what is so by design. */
  readonly experiment: string | undefined;
  /** In the order of the modes. */
  readonly cells: readonly AnswerCell[];
}

export interface AnswerCell {
  /** What `text` tells, for sentences over several cells; infinite where it took longer than was waited. */
  readonly value?: number;
  /** A figure with its unit, or in two words why there is none. */
  readonly text: string;
  readonly interval?: string | undefined;
  readonly why?: number;
}

/** Typical workloads, each with the advice for it. */
export interface AdvisedCases {
  /** What to know before any advice, or why there is none. */
  readonly cautions: readonly string[];
  readonly cases: readonly AdvisedCase[];
  /** How far the figures of the cases may be off. */
  readonly error?: string;
}

export interface AdvisedCase {
  readonly name: string;
  readonly load: string;
  /** Undefined where no mode fits. */
  readonly mode: string | undefined;
  readonly advice: string;
}

/** A cell's text with the number of its reason, where only text can be. */
export function cellText({ text, why }: AnswerCell): string {
  return why === undefined ? text : `${text} [${why}]`;
}

/** How to read the tables, for renderings in which figures have their intervals behind them. */
export const howToRead =
  'A range behind a figure is its 95 % interval over the rounds. Counts of events (“17 of 17”) are added up over all rounds, of ' +
  'everything else the median is given. “?”: not sure; a small number, or one in brackets, is that of a reason below.';
