import { countCauses, type Causes } from '../causes.js';
import type { CustomerSession } from '../../bank/observer.js';

/** Sessions as an experiment saw them around the kill of one pod. */
export interface ObservedLosses {
  /** The boot that was killed. */
  readonly bootId: string;
  /** Open at the kill, with their home in the killed boot. */
  readonly inPod: readonly CustomerSession[];
  readonly before: readonly CustomerSession[];
  /** Ended after the kill was ordered. */
  readonly after: readonly CustomerSession[];
}

export interface Losses extends Causes {
  readonly lived: number;
  readonly livedLost: number;
  readonly lostElsewhere: number;
  readonly lostBefore: number;
}

/**
 * Sorts out whose sessions a kill took. In the killed pod lived those whose home it was and that it had not closed
 * itself; an answer that was under way when the kill was ordered still counts.
 */
export function countLosses({ bootId, inPod, before, after }: ObservedLosses): Losses {
  const lived = new Set([...inPod, ...after.filter(({ home }) => home?.bootId === bootId)]);
  for (const session of lived) {
    if (session.end?.how === 'signed-out' && session.end.servedBy?.bootId === bootId) lived.delete(session);
  }
  const lost = after.filter(isLost);
  const livedLost = [...lived].filter(isLost).length;
  return {
    lived: lived.size,
    livedLost,
    lostElsewhere: lost.length - livedLost,
    lostBefore: before.filter(isLost).length,
    ...countCauses(lost.flatMap(({ end }) => causeOf(end) ?? [])),
  };
}

const isLost = ({ end }: Pick<CustomerSession, 'end'>): boolean => end?.how === 'lost';
const causeOf = (end: CustomerSession['end']): string | undefined => (end?.how === 'lost' ? end.cause : undefined);
