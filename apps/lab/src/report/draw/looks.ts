import { symbolCircle, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye } from 'd3-shape';
import type { SymbolType } from 'd3-shape';

/** What tells one series from another: never the colour alone. */
export interface Look {
  /** Class that the style sheet gives a colour, in light and in dark. */
  readonly colour: string;
  /** Of `stroke-dasharray`; undefined for a solid line. */
  readonly dash: string | undefined;
  readonly symbol: SymbolType;
}

const dashes = [undefined, '7 3', '2 3', '9 3 2 3', '12 4', '5 2 1 2 1 2'];
const symbols = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolWye, symbolStar];

export const lookCount = symbols.length;

/** A mode has one look in every plot, by its place in the order of all. */
export function lookOf(mode: string, order: readonly string[]): Look {
  return lookAt(order.indexOf(mode));
}

/** Looks repeat their colours after a while, and then with another dash. */
export function lookAt(index: number): Look {
  const round = Math.floor(index / lookCount);
  const at = index % lookCount;
  return { colour: `c${at + 1}`, dash: dashes[(at + round) % lookCount], symbol: symbols[at] ?? symbolCircle };
}

interface Drawn {
  readonly mode?: string | undefined;
  readonly style: string;
}

/** The look of each series: its mode's where that tells them apart, else by their order. */
export function looksOf(series: readonly Drawn[], order: readonly string[]): Look[] {
  const keys = series.map(({ mode, style }) => `${mode} ${style}`);
  const apart =
    series.every(({ mode, style }) => mode !== undefined || style === 'ideal') && new Set(keys).size === keys.length;
  return series.map(({ mode }, index) => (apart && mode !== undefined ? lookOf(mode, order) : lookAt(index)));
}
