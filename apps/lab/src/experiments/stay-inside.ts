import { warmUp } from '../load/warm-up.js';
import type { ModeRecord } from '../load/mode-record.js';
import type { Recorder } from '../load/recorder.js';
import type { ModeName } from '../modes.js';
import type { Lab } from './experiment.js';
import { Guests } from './guests.js';

/** Customers who are inside, and what was noted of them so far. */
export interface Inside {
  readonly recorder: Recorder;
  readonly record: ModeRecord;
  readonly guests: Guests;
  /** The cause of each lost session, in the order in which they were lost. */
  readonly lost: readonly string[];
}

/** Has all customers sign in and stay; resolves when each is inside, and the warm-up that counts for no rate has begun. */
export async function letAllStay(
  { pool, seconds, seed, ...lab }: Lab,
  mode: ModeName,
  thinkMs: number,
): Promise<Inside> {
  const recorder = lab.recorder();
  const record = recorder.of(mode);
  const lost: string[] = [];
  record.onEnd = ({ end }) => end?.how === 'lost' && lost.push(end.cause);
  const guests = new Guests({ pool, mode, witness: record, seed, thinkMs });
  lab.progress(`${mode}: customers sign in`);
  recorder.warmUp.begin();
  await guests.arrive(pool.customers.length);
  warmUp(recorder, seconds);
  return { recorder, record, guests, lost };
}
