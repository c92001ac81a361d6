import type { Replica } from '../target/target.js';
import type { JourneyWalk, WalkedStep } from '../walk/walker.js';
import type { Examination } from './question.js';

export type AskedPlace = Replica | 'front door';

/** A place where every request reaches the same memory: a replica by itself, or the front door where none is known. */
export async function homeOf({ target }: Pick<Examination, 'target'>): Promise<AskedPlace> {
  const [first] = await target.replicas();
  return first ?? 'front door';
}

/** The last thing that a walk did. */
export function lastOf({ steps }: JourneyWalk): WalkedStep {
  const last = steps.at(-1);
  if (last === undefined) throw new Error('A walk sent nothing.');
  return last;
}

/** Sends some requests of the journey, all to one place, as a new client or as one that has walked. */
export function sendTo(
  { walker }: Pick<Examination, 'walker'>,
  place: AskedPlace,
  only: readonly number[],
  as?: JourneyWalk,
): Promise<JourneyWalk> {
  return walker.walk({ to: () => place, only, user: as?.user ?? 0, ...(as !== undefined && { as }) });
}
