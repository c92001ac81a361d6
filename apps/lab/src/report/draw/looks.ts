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
export const symbols = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolWye, symbolStar];

/** The colour of whatever is no mode's. */
const noMode = 'c6';

/** A mode has one look in every plot, by its place in the order of all; no other has its colour. */
export function lookOf(mode: string, order: readonly string[]): Look {
  const at = order.indexOf(mode);
  return variant(`c${at + 1}`, at);
}

interface Drawn {
  readonly mode?: string | undefined;
  readonly style: string;
}

/** The look of each series: its mode's where that tells them apart, else in its mode's colour by its place among them. */
export function looksOf(series: readonly Drawn[], order: readonly string[]): Look[] {
  const keys = series.map(({ mode, style }) => `${mode} ${style}`);
  const apart =
    series.every(({ mode, style }) => mode !== undefined || style === 'ideal') && new Set(keys).size === keys.length;
  return series.map(({ mode }, index) => {
    if (apart && mode !== undefined) return lookOf(mode, order);
    const before = series.slice(0, index).filter((one) => one.mode === mode).length;
    return variant(mode === undefined ? noMode : lookOf(mode, order).colour, before);
  });
}

/** Dashes and markers repeat after a while, and then in other pairs. */
function variant(colour: string, index: number): Look {
  const round = Math.floor(index / symbols.length);
  const at = index % symbols.length;
  return { colour, dash: dashes[(at + round) % dashes.length], symbol: symbols[at] ?? symbolCircle };
}
