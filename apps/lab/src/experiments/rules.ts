import { modeNames, modes, type ModeName } from '../bank/modes.js';
import type { Figures } from '../statistics/figures.js';
import type { FiguresByMode } from './experiment.js';

/** The modes that were measured, each with its figures. */
export function measured<Key extends string>(figures: FiguresByMode<Key>): [ModeName, Figures<Key>][] {
  return modeNames.flatMap((mode) => {
    const found = figures[mode];
    return found === undefined ? [] : [[mode, found]];
  });
}

/** The measured modes of the stateful style. */
export function stateful<Key extends string>(figures: FiguresByMode<Key>): [ModeName, Figures<Key>][] {
  return measured(figures).filter(([mode]) => modes[mode].style === 'stateful');
}
