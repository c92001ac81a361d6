import { setTimeout as sleep } from 'node:timers/promises';
import { CustomerPool } from '../src/customers/pool.js';
import { checkStatements } from '../src/customers/statement-check.js';
import type { Session } from '../src/customers/witness.js';
import { Guests } from '../src/experiments/guests.js';
import type { ModeRecord } from '../src/load/mode-record.js';
import { Recorder } from '../src/load/recorder.js';
import { sendCustomers } from '../src/load/traffic.js';
import { modes, type ModeName } from '../src/modes.js';
import type { Platform } from '../src/platform/platform.js';
import { tell } from './place.js';

const guestsInside = 6;
const walkIns = 3;
const thinkMs = 300;
const journeysPerSecond = 0.3;
/** By then every guest has asked again, and found out whether it is still known. */
const afterwardsMs = 12 * thinkMs;

/** Sessions of one mode, as a fault is to find them. */
export interface Inside {
  readonly record: ModeRecord;
  readonly ended: readonly Session[];
}

/** What customers met, from the first one inside until after the fault; all but `requests` should be nothing. */
export interface Met {
  readonly requests: number;
  /** Each request that had no answer or a 5xx, in words. */
  readonly failed: readonly string[];
  readonly refused: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly gaveUp: number;
  /** What is wrong in the ledger and in the customers' statements, in sentences. */
  readonly money: readonly string[];
}

/** What customers meet when nothing is wrong. */
export const unharmed = { failed: [], refused: {}, lost: 0, gaveUp: 0, money: [] };

/**
 * Lets guests in who stay and look around in one mode, and others come and go and transfer money, while `fault` goes on.
 * The ones who transfer use the counter without cookies where the mode has any: who comes back with the cookie of a
 * stopping pod is sent away once, by design.
 */
export async function underLoad(
  platform: Platform,
  mode: ModeName,
  fault: (inside: Inside) => Promise<void>,
): Promise<Met> {
  const { baseUrl } = platform;
  const pool = new CustomerPool(baseUrl);
  await pool.grow(guestsInside + walkIns);
  const recorder = new Recorder();
  const record = recorder.of(mode);
  const ended: Session[] = [];
  record.onEnd = (session) => ended.push(session);
  const witness = recorder.of(modes[mode].affinity === 'cookie' ? 'stateless' : mode);
  const failed: string[] = [];
  for (const one of recorder.records()) noteFailures(one, failed);
  const guests = new Guests({ pool, mode, witness: record, seed: 1, thinkMs });
  const stopping = new AbortController();
  await guests.arrive(guestsInside);
  const coming = { pool, mode: witness.mode, witness, seed: 2, journeysPerSecond, thinkMs, stopping: stopping.signal };
  const traffic = sendCustomers({ ...coming, durationMs: Infinity });
  try {
    await sleep(afterwardsMs);
    await fault({ record, ended });
    await sleep(afterwardsMs);
  } finally {
    stopping.abort();
    await Promise.all([guests.leave(), traffic]);
  }
  const { breach } = await platform.audit();
  const { faults } = await checkStatements(pool.customers, baseUrl);
  await pool.close();
  const met = metBy(recorder.records(), failed, [...(breach === null ? [] : [breach]), ...faults]);
  const told = `${met.requests} requests, ${failed.length} failed, ${met.lost} sessions lost`;
  tell(`${mode}: ${told} in ${Math.round(recorder.elapsedMs() / 1_000)} s`);
  return met;
}

function noteFailures(record: ModeRecord, failed: string[]): void {
  const exchanged = record.exchanged.bind(record);
  record.exchanged = (exchange, intendedAt) => {
    exchanged(exchange, intendedAt);
    const { ask, outcome, status, servedBy, startedAt, endedAt } = exchange;
    if (outcome.kind !== 'unknown' && (status ?? 0) < 500) return;
    const why = outcome.kind === 'unknown' ? outcome.why : outcome.kind === 'refused' ? outcome.problem : outcome.kind;
    const ms = Math.round(endedAt - startedAt);
    const told = `${ask.method} ${ask.path}: ${status ?? 'no answer'}, ${why}, ${servedBy?.pod ?? 'no pod'}, ${ms} ms`;
    failed.push(told);
    tell(told);
  };
}

function metBy(records: readonly ModeRecord[], failed: readonly string[], money: readonly string[]): Met {
  const sum = (count: (record: ModeRecord) => number): number =>
    records.reduce((total, record) => total + count(record), 0);
  return {
    requests: sum(({ requests }) => requests),
    failed,
    refused: Object.fromEntries(records.flatMap(({ refusedBy }) => [...refusedBy])),
    lost: sum(({ sessionsLost }) => sessionsLost),
    gaveUp: sum(({ journeys }) => journeys['gave-up']),
    money,
  };
}
