import type { Plot } from './plot.js';

/** Plots that compare modes first, then those of one mode each, in the order of all modes and not of the run. */
export function inOrder(plots: readonly Plot[], order: readonly string[]): Plot[] {
  return plots.toSorted((one, other) => placeOf(one, order) - placeOf(other, order));
}

function placeOf({ series }: Plot, order: readonly string[]): number {
  const displayed = new Set(series.map(({ mode }) => mode));
  const [mode] = displayed;
  return displayed.size === 1 && mode !== undefined ? order.indexOf(mode) : -1;
}
