import type { LossDesign } from '../losses/loss-ledger.js';
import { modeNames, modes, type ModeName } from './modes.js';

/** By which the losses of the bank are booked. */
export const bankLosses: LossDesign<ModeName> = {
  modes: modeNames,
  mayLose: (mode) => modes[mode].mayLose,
  mayMove: (mode) => modes[mode].store === 'handoff',
};
