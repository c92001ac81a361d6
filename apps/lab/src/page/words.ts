import { modeNames, modes, type Mode } from '../bank/modes.js';
import type { PodPhase } from '../platform/platform.js';
import { lookOf } from '../report/draw/looks.js';

/** What is known of a mode by its name; undefined for one that is not known. */
const modeOf = (name: string): Mode | undefined => Object.values(modes).find((mode) => mode.name === name);

/** What a mode does with what it is told; empty for one that is not known. */
export function meaningOf(mode: string): string {
  return modeOf(mode)?.meaning ?? '';
}

export function isStateless(mode: string): boolean {
  return modeOf(mode)?.style === 'stateless';
}

/** The class of a mode's colour, which is that of reports. */
export function colourOf(mode: string): string {
  return lookOf(mode, modeNames).colour;
}

export function workloadOf(mode: string): string {
  return modeOf(mode)?.workload ?? mode;
}

/** A number of things: `1 session`, `14 sessions`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** What a pod is at, in the word that a reader knows from the tiles. */
export function phaseInWords(phase: PodPhase): string {
  return phase === 'terminating' ? 'draining' : phase;
}
