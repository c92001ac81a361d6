import { modeNames } from '../bank/modes.js';
import type { Plot } from './plot.js';

/** Plots that compare modes first, then those of one mode each, in the order of the design and not of the run. */
export function inOrder(plots: readonly Plot[]): Plot[] {
  return plots.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function placeOf({ series }: Plot): number {
  const displayed = new Set(series.map(({ mode }) => mode));
  const [mode] = displayed;
  return displayed.size === 1 && mode !== undefined ? modeNames.indexOf(mode) : -1;
}
