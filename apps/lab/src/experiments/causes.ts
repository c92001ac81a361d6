import type { ModeRecord } from '../bank/mode-record.js';
import type { Lab } from './experiment.js';

/** Why sessions were lost, by the problem that the bank answered with. */
export interface Causes {
  readonly ownerGone: number;
  readonly misrouted: number;
  readonly otherCause: number;
}

/** Counts the causes of lost sessions. */
export function countCauses(lost: readonly string[]): Causes {
  const because = (cause: string): number => lost.filter((one) => one === cause).length;
  const [ownerGone, misrouted] = [because('session-owner-gone'), because('session-misrouted')];
  return { ownerGone, misrouted, otherCause: lost.length - ownerGone - misrouted };
}

/** Tells the reader what customers were told when requests failed, and how often. */
export function noteRefusals(lab: Lab, { mode, failed, refusedBy, unknown }: ModeRecord): void {
  if (failed === 0) return;
  const reported = [...refusedBy].map(([problem, times]) => `${times} were refused by ${problem}`);
  if (unknown > 0) reported.push(`${unknown} were not answered`);
  lab.note(`${mode}: of the requests, ${reported.join(', ')}.`);
}
