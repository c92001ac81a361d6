import type { ModeName } from '../bank/modes.js';
import { fellBehind } from '../load/fell-behind.js';
import { estimateText, figureText, intervalText } from '../report/format.js';
import type { AnswerCell } from '../report/headline-answer.js';
import type { Scorecard, Section } from '../report/scorecard.js';
import type { MeasuredSource } from './answer-rows.js';

/** Cells from a scorecard's figures; where a figure cannot be told its cell says so, and why is noted once. */
export class AnswerCells {
  readonly untold: string[] = [];

  constructor(private readonly scorecard: Pick<Scorecard, 'sections' | 'settings'>) {}

  /** Whether the scorecard has an experiment: rows of one that was left out would say so in every cell. */
  wasRun(experiment: string): boolean {
    return this.#section(experiment) !== undefined;
  }

  /** @param source of an experiment that was run */
  cell(source: MeasuredSource, mode: ModeName): AnswerCell {
    const { experiment, keys, reckon, write } = source;
    const section = this.#section(experiment)!;
    if (section.fault !== undefined)
      return this.#none('no end', `${experiment} did not come to an end: ${section.fault}`);
    const figures = section.figures[mode];
    if (figures === undefined) return this.#none('not run', `${experiment} was not run in ${this.#without(section)}.`);
    const missing = keys.find((key) => (figures[key]?.value ?? null) === null);
    if (missing !== undefined) return this.#missing(section, missing);
    const { unit } = section.kinds[keys[0]!]!;
    const values = keys.map((key) => figures[key]!.value!);
    const value = reckon?.(values) ?? values[0]!;
    const text = write?.(values) ?? figureText(value, unit);
    const interval = (reckon ?? write) ? undefined : intervalText(figures[keys[0]!]!);
    if (this.scorecard.settings.quick) return { value, text: `${text}\u00a0?`, interval };
    const doubt = this.#doubt(section, source, mode);
    if (doubt === undefined) return { value, text, interval };
    return { value, text: `${text}\u00a0?`, interval, why: this.#why(doubt) };
  }

  /** Notes the claims that could not be told, also those that no cell hangs on. */
  noteClaims(): void {
    for (const section of this.scorecard.sections)
      for (const claim of section.claims.filter(isOpen)) this.#why(inWords(section, claim));
  }

  /** Notes the experiments that were left out, whose rows are left out, too. */
  noteNotRun(experiments: readonly string[]): void {
    const missing = experiments.filter((name) => !this.wasRun(name));
    if (missing.length > 0) this.#why(`Not run: ${[...new Set(missing)].join(', ')}.`);
  }

  #section(experiment: string): Section | undefined {
    return this.scorecard.sections.find(({ name }) => name === experiment);
  }

  #missing(section: Section, key: string): AnswerCell {
    const kind = section.kinds[key];
    if (kind?.absent === 'beyond') return { value: Infinity, text: estimateText(null, kind) };
    const behind = section.notes.find((note) => note.startsWith(fellBehind));
    if (kind?.latency && behind !== undefined) return this.#none('void', `${section.name}: ${behind}`);
    return this.#none('not told', `${section.name} found no figure for “${kind?.label ?? key}”.`);
  }

  #doubt(section: Section, { keys, doubtedBy }: MeasuredSource, mode: ModeName): string | undefined {
    const open = section.claims.find((claim) => isOpen(claim) && claim.decidedBy.some((key) => keys.includes(key)));
    if (open !== undefined) return inWords(section, open);
    return doubtedBy?.in(mode) ? section.notes.find((note) => note.startsWith(doubtedBy.note)) : undefined;
  }

  #without({ figures }: Section): string {
    return this.scorecard.settings.modes.filter((mode) => figures[mode] === undefined).join(', ');
  }

  #none(text: string, why: string): AnswerCell {
    return { text, why: this.#why(why) };
  }

  #why(reason: string): number {
    if (!this.untold.includes(reason)) this.untold.push(reason);
    return this.untold.indexOf(reason) + 1;
  }
}

type SectionClaim = Section['claims'][number];

const isOpen = ({ verdict }: SectionClaim): boolean => verdict.ruling === 'cannot tell here';

const inWords = ({ name }: Section, { number, verdict }: SectionClaim): string =>
  `Claim ${number} (${name}): ${verdict.because}`;
