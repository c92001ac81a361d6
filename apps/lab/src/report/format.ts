import type { Estimate } from '../statistics/figures.js';
import type { Unit } from './plot.js';

const suffixes: Readonly<Record<Unit, string>> = {
  count: '',
  bytes: ' B',
  ms: ' ms',
  s: ' s',
  µs: ' µs',
  percent: ' %',
  cents: ' ct',
  perSecond: ' /s',
  ratio: '',
};

const maxCell = 9;
/** What a figure too long for a cell is told in. */
const larger: Partial<Record<Unit, readonly (readonly [times: number, suffix: string])[]>> = {
  bytes: [
    [1e6, ' MB'],
    [1e9, ' GB'],
  ],
  ms: [[1e3, ' s']],
  µs: [
    [1e3, ' ms'],
    [1e6, ' s'],
  ],
};

/** A figure with its unit; a dash where there is none. */
export function formatFigure(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-';
  return `${formatNumber(value)}${suffixes[unit]}`;
}

/** A figure with its unit for a cell of nine characters: a larger unit where it would not fit. */
export function formatCell(value: number | null | undefined, unit: Unit): string {
  const exact = formatFigure(value, unit);
  if (exact.length <= maxCell || value == null) return exact;
  const [times, suffix] = larger[unit]?.findLast(([one]) => Math.abs(value) >= one) ?? [1, suffixes[unit]];
  return `${formatNumber(value / times)}${suffix}`;
}

/** Whole numbers as they are; others with three significant digits, never in powers of ten. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 99.95) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 9.995 ? 1 : 2);
}

/** A figure with its unit, its thousands apart. */
export function figureText(value: number | null | undefined, unit: Unit): string {
  return grouped(formatFigure(value, unit)).replace(' ', '\u00a0');
}

/** A figure as its kind has it: one that takes longer than was waited is told so. */
export function estimateText(value: number | null | undefined, { unit, absent }: EstimateWords): string {
  return absent === 'beyond' && value === null ? 'not in time' : figureText(value, unit);
}

interface EstimateWords {
  readonly unit: Unit;
  readonly absent?: string | undefined;
}

/** The interval of a figure, without its unit; undefined where it has none or no width. */
export function intervalText({ low, high }: Estimate): string | undefined {
  if (low === null) return undefined;
  const [from, to] = [low, high].map((value) => (value === null ? '∞' : grouped(formatNumber(value))));
  return from === to ? undefined : `${from} – ${to}`;
}

/** Thousands apart by a narrow space, from 10,000 on. */
function grouped(text: string): string {
  return text.replace(/\d{5,}/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, '\u202f'));
}

/** Bytes of memory in MB (10^6). */
export function formatMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** `a, b and c`. */
export function listInWords(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** A length of time as m:ss. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A length of time that nobody knows to the second. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 60) return `${Math.max(10, Math.ceil(seconds / 10) * 10)} s left`;
  return `${Math.round(seconds / 60)} min left`;
}

/** Breaks a text into lines of at most `width`, each but the first begun with `indent`; spaces at its start are kept. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  const words = text.trimStart();
  let line = text.slice(0, text.length - words.length);
  for (const word of words.split(' ')) {
    const begun = line.trim() !== '';
    if (begun && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line += begun ? ` ${word}` : word;
  }
  return [...lines, line];
}
