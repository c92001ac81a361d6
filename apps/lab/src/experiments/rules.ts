import { modeNames, modes, type ModeName } from '../bank/modes.js';
import type { Figures } from '../statistics/figures.js';
import type { Claim, FiguresByMode } from './experiment.js';

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

/** The rule of the claim with that number. */
export function ruleOf<Key extends string>(claims: readonly Claim<Key>[], number: number): Claim<Key>['rule'] {
  const claim = claims.find((one) => one.number === number);
  if (claim === undefined) throw new RangeError(`There is no claim ${number} here.`);
  return claim.rule;
}
