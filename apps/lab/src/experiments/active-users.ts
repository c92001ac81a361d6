import { warmUp } from '../load/warm-up.js';
import type { ModeRecord } from '../bank/mode-record.js';
import type { BankRecorder } from '../bank/mode-record.js';
import type { ModeName } from '../bank/modes.js';
import type { Lab } from './experiment.js';
import { LookingCustomers } from '../bank/looking-customers.js';

/** Customers who are inside, and what was noted of them so far. */
export interface ActiveUsers {
  readonly recorder: BankRecorder;
  readonly record: ModeRecord;
  readonly users: LookingCustomers;
  /** The cause of each lost session, in the order in which they were lost. */
  readonly lost: readonly string[];
}

/** Has all customers sign in and stay; resolves when each is inside, and the warm-up that counts for no rate has begun. */
export async function activateUsers(
  { pool, seconds, seed, ...lab }: Lab,
  mode: ModeName,
  thinkMs: number,
): Promise<ActiveUsers> {
  const recorder = lab.recorder();
  const record = recorder.of(mode);
  const lost: string[] = [];
  record.onEnd = ({ end }) => end?.how === 'lost' && lost.push(end.cause);
  const users = new LookingCustomers({ pool, users: pool.customers.length, mode, observer: record, seed, thinkMs });
  lab.progress(`${mode}: customers sign in`);
  recorder.warmUp.begin();
  await users.arrive();
  warmUp(recorder, seconds);
  return { recorder, record, users, lost };
}
