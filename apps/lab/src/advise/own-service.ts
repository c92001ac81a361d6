import { isHeldInPod, type ModeName, modes } from '../bank/modes.js';
import { untoldNotes } from '../examine/questions/untold-notes.js';
import { figureIn, keptAnyway, keptBy } from '../examine/service-mode.js';
import { fellBehind } from '../load/fell-behind.js';
import { formatFigure, formatMegabytes } from '../report/format.js';
import type { Unit } from '../report/plot.js';
import type { Examined, Scorecard, Section } from '../report/scorecard.js';
import { modeOfFit, usedQuestions } from './unfit-examination.js';

/** A figure of the reader's own service. */
export interface ToldFigure {
  readonly value: number;
  /** By how much it may be off, 0.2 is a fifth; not there where nobody knows. */
  readonly off?: number;
  readonly from: string;
}

/** A figure that the examination does not tell, and why. */
export interface UntoldFigure {
  readonly untold: string;
}

export type OwnFigure = ToldFigure | UntoldFigure;

/** What was examined: its figures stand in place of the bank's, as far as the examination tells them. */
export interface OwnService {
  readonly name: string;
  /** The mode that it is in today. */
  readonly mode: ModeName;
  /** Requests of its journey. */
  readonly requests: number;
  readonly cpuUs: OwnFigure;
  readonly atRestPercent: OwnFigure;
  readonly wireBytes: OwnFigure;
  readonly headerBytes: OwnFigure;
  readonly replicaBytes: OwnFigure;
  /** Bytes of what it remembers of a client. */
  readonly sessionBytes: OwnFigure;
  /** Shares, 0 to 1: of the sessions of a replica that crashes; of all, by a rolling update; of all, with nothing done. */
  readonly lostInCrash: OwnFigure;
  readonly lostInRollout: OwnFigure;
  readonly lostAnyway: OwnFigure;
  /** What to know before any figure is read. */
  readonly cautions: readonly string[];
}

/**
 * Reads an examination.
 * @throws UnfitReport for one that no advice may go by
 */
export function ownService(examined: Examined, scorecard: Pick<Scorecard, 'sections' | 'settings'>): OwnService {
  const mode = modeOfFit(examined, scorecard);
  const { sections } = scorecard;
  return {
    name: examined.name,
    mode,
    requests: examined.journey.length,
    cpuUs: cpuOf(sections),
    atRestPercent: figure(sections, 'request-cost', 'atRest', 'percent'),
    wireBytes: figure(sections, 'request-cost', 'wire', 'bytes'),
    headerBytes: figure(sections, 'request-cost', 'header', 'bytes'),
    replicaBytes: figure(sections, 'request-cost', 'resident', 'bytes'),
    sessionBytes: sessionBytesOf(mode, sections),
    lostInCrash: lost('killKept', keptBy(sections, 'kill'), sections, (share) => (share > 0 ? 1 : 0)),
    lostInRollout: lost('rollKept', keptBy(sections, 'roll'), sections),
    lostAnyway: lost('calmKept', keptAnyway(sections), sections),
    cautions: cautionsOf(sections),
  };
}

export const isTold = (figureOf: OwnFigure): figureOf is ToldFigure => 'value' in figureOf;

/** Two standard errors, as where 19 of 20 lie. */
const errorsApart = 2;

function figure(sections: readonly Section[], name: string, key: string, unit: Unit): OwnFigure {
  const value = figureIn(sections, name, key);
  if (value === null) return { untold: whyNot(sections, name, key) };
  return { value, from: `yours, ${name}.${key} (${inUnit(value, unit)})` };
}

/** By the verdict that the figure decides, or by a note. */
function whyNot(sections: readonly Section[], name: string, key: string): string {
  const section = sections.find((one) => one.name === name);
  if (section === undefined) return `the question ${name} was not asked.`;
  const verdict = section.claims.find(({ decidedBy }) => decidedBy.includes(key))?.verdict;
  if (verdict !== undefined) return verdict.because;
  const begun = untoldNotes[key === 'resident' ? 'memory' : 'cpu'];
  const note = section.notes.find((one) => one.startsWith(begun));
  return note === undefined ? `${name} has no figure of it.` : note.slice(begun.length + 2);
}

/** With its error, which may be all of it where few requests were sent. */
function cpuOf(sections: readonly Section[]): OwnFigure {
  const found = figure(sections, 'request-cost', 'cpu', 'µs');
  if (!isTold(found)) return found;
  const error = errorsApart * (figureIn(sections, 'request-cost', 'cpuError') ?? Infinity);
  if (error < found.value) return { ...found, off: error / found.value };
  return {
    untold: `it came out as ${formatFigure(found.value, 'µs')} ± ${formatFigure(error, 'µs')}; a higher --rate tells more.`,
  };
}

/** Where it lies tells what was measured of it: memory of a replica, or what a client carries. */
function sessionBytesOf(mode: ModeName, sections: readonly Section[]): OwnFigure {
  if (isHeldInPod(mode)) return heldBytes(sections);
  if (modes[mode].store === 'redis') return { untold: 'it lies in a store, whose memory nobody reads here.' };
  const content = figureIn(sections, 'client-carries', 'content') ?? figureIn(sections, 'memory', 'inClient');
  if (figureIn(sections, 'memory', 'needing') === 0 || !content)
    return { value: 0, from: 'yours, nothing that is remembered was found' };
  const carried = figureIn(sections, 'client-carries', 'carried');
  if (carried === null) return { untold: whyNot(sections, 'client-carries', 'carried') };
  // What is carried is written in base64.
  return {
    value: Math.round(carried * 0.75),
    from: `yours, 3/4 of client-carries.carried (${inUnit(carried, 'bytes')})`,
  };
}

function heldBytes(sections: readonly Section[]): OwnFigure {
  const found = figure(sections, 'session-cost', 'slope', 'bytes');
  const section = sections.find(({ name }) => name === 'session-cost');
  const verdict = section?.claims[0]?.verdict;
  if (!isTold(found) || verdict === undefined || verdict.ruling === 'cannot tell here') {
    return { untold: whyNot(sections, 'session-cost', 'slope') };
  }
  if (verdict.ruling === 'holds') return { value: 0, from: `${found.from}, too little to be told from nothing` };
  const error = errorsApart * (figureIn(sections, 'session-cost', 'slopeError') ?? Infinity);
  return { ...found, value: Math.round(found.value), off: error / found.value };
}

/** What is lost where so many percent are kept; null says that nothing tells. */
function lost(
  key: string,
  kept: number | null,
  sections: readonly Section[],
  of = (share: number) => share,
): OwnFigure {
  if (kept === null) return { untold: whyNot(sections, 'losses', key) };
  return { value: of(1 - kept / 100), from: `yours, losses.${key} (${inUnit(kept, 'percent')} of all kept)` };
}

function cautionsOf(sections: readonly Section[]): string[] {
  const used = sections.filter(({ name }) => usedQuestions.some((one) => one === name));
  const behind = used.flatMap(({ name, notes }) =>
    notes.filter((note) => note.startsWith(fellBehind)).map((note) => `In ${name} of the examination: ${note}`),
  );
  const where = used.find(({ name }) => name === 'memory')?.claims[0]?.verdict;
  const unsure = where?.ruling === 'cannot tell here' ? [`Where its memory lies is not sure: ${where.because}`] : [];
  return [...unsure, ...behind];
}

function inUnit(value: number, unit: Unit): string {
  const text = unit === 'bytes' && value >= 1e6 ? formatMegabytes(value) : formatFigure(value, unit);
  return text.replace(' ', '\u00a0');
}
