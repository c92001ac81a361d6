import { formatFigure, formatNumber } from './format.js';
import type { Unit } from './plot.js';
import type { Estimate } from '../statistics/figures.js';

/** A figure with its unit, its thousands apart. */
export function figureText(value: number | null | undefined, unit: Unit): string {
  return grouped(formatFigure(value, unit)).replace(' ', '\u00a0');
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
