import { modeNames, modes, type ModeName } from '../bank/modes.js';
import { lookOf } from '../report/draw/looks.js';

const causes: Readonly<Record<string, string>> = {
  'owner-died': 'its pod died',
  'drained-without-handoff': 'its pod was stopped',
  misrouted: 'sent to another pod',
  expired: 'timed out, idle too long',
  refused: 'a pod could not serve it',
  'timed-out': 'no answer in time',
  'gateway-error': 'the front door had no pod for it',
  unexplained: 'unexplained',
};

/** What a mode does with what it is told; empty for one that is not known. */
export function meaningOf(mode: string): string {
  return modeNames.includes(mode as ModeName) ? modes[mode as ModeName].meaning : '';
}

/** Why a session or a request was lost, in a few words. */
export function causeInWords(cause: string): string {
  return causes[cause] ?? cause;
}

/** All causes, in the order in which they are shown. */
export const causeOrder: readonly string[] = Object.keys(causes);

/** The mode whose pods a workload's are; undefined for one that serves all. */
export function modeOfWorkload(workload: string): ModeName | undefined {
  return modeNames.find((mode) => modes[mode].workload === workload);
}

/** The class of a mode's colour, which is that of reports. */
export function colourOf(mode: string): string {
  return lookOf(mode, modeNames).colour;
}

export function workloadOf(mode: string): string {
  return modes[mode as ModeName]?.workload ?? mode;
}

/** A number of things: `1 session`, `14 sessions`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
