/** What a report says first, built once and drawn by each rendering in its own way. */
export interface HeadlineAnswer {
  readonly modes: readonly { readonly name: string; readonly about: string }[];
  /** What to know of the figures before any is read. */
  readonly caution: string | undefined;
  readonly groups: readonly AnswerGroup[];
  readonly advised: AdvisedCases;
  /** What could not be told, and why: a cell's `why` is the number of one, from 1. */
  readonly untold: readonly string[];
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
