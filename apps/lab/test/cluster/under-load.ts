import { setTimeout as sleep } from 'node:timers/promises';
import { CustomerPool } from '../../src/bank/pool.js';
import { checkStatements } from '../../src/bank/statement-check.js';
import { LookingCustomers } from '../../src/bank/looking-customers.js';
import type { ModeRecord } from '../../src/bank/mode-record.js';
import { BankRecorder } from '../../src/bank/mode-record.js';
import { sendCustomers } from '../../src/bank/traffic.js';
import { modes, type ModeName } from '../../src/bank/modes.js';
import type { Platform } from '../../src/platform/platform.js';
import { report } from './place.js';
import type { CustomerSession } from '../../src/bank/observer.js';
import { auditLedger } from '../../src/bank/audit.js';

const activeUsers = 6;
const walkIns = 3;
const thinkMs = 300;
const journeysPerSecond = 0.3;
/** By then every user has asked again, and found out whether it is still known. */
const afterwardsMs = 12 * thinkMs;

/** Sessions of one mode, as a fault is to find them. */
export interface ActiveSessions {
  readonly record: ModeRecord;
  readonly ended: readonly CustomerSession[];
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
 * Lets users in who stay and look around in one mode, and others come and go and transfer money, while `fault` goes on.
 * The ones who transfer use stateless where the mode has cookies: who comes back with the cookie of a
 * stopping pod is sent away once, by design.
 */
export async function underLoad(
  platform: Platform,
  mode: ModeName,
  fault: (active: ActiveSessions) => Promise<void>,
): Promise<Met> {
  const { baseUrl } = platform;
  const pool = new CustomerPool(baseUrl);
  await pool.grow(activeUsers + walkIns);
  const recorder = new BankRecorder();
  const record = recorder.of(mode);
  const ended: CustomerSession[] = [];
  record.onEnd = (session) => ended.push(session);
  const observer = recorder.of(modes[mode].affinity === 'cookie' ? 'stateless' : mode);
  const failed: string[] = [];
  for (const one of recorder.records()) noteFailures(one, failed);
  const users = new LookingCustomers({ pool, users: activeUsers, mode, observer: record, seed: 1, thinkMs });
  const stopping = new AbortController();
  await users.arrive();
  const coming = {
    pool,
    mode: observer.mode,
    observer,
    seed: 2,
    journeysPerSecond,
    thinkMs,
    stopping: stopping.signal,
  };
  const traffic = sendCustomers({ ...coming, durationMs: Infinity });
  try {
    await sleep(afterwardsMs);
    await fault({ record, ended });
    await sleep(afterwardsMs);
  } finally {
    stopping.abort();
    await Promise.all([users.leave(), traffic]);
  }
  const { breach } = await auditLedger(platform);
  const { faults } = await checkStatements(pool.customers, baseUrl);
  await pool.close();
  const met = metBy(recorder.records(), failed, [...(breach === null ? [] : [breach]), ...faults]);
  const reported = `${met.requests} requests, ${failed.length} failed, ${met.lost} sessions lost`;
  report(`${mode}: ${reported} in ${Math.round(recorder.elapsedMs() / 1_000)} s`);
  return met;
}

function noteFailures(record: ModeRecord, failed: string[]): void {
  const requestRecorded = record.requestRecorded.bind(record);
  record.requestRecorded = (recorded, intendedAt) => {
    requestRecorded(recorded, intendedAt);
    const { request, outcome, status, servedBy, startedAt, endedAt } = recorded;
    if (outcome.kind !== 'unknown' && (status ?? 0) < 500) return;
    const why = outcome.kind === 'unknown' ? outcome.why : outcome.kind === 'refused' ? outcome.problem : outcome.kind;
    const ms = Math.round(endedAt - startedAt);
    const reported = `${request.method} ${request.path}: ${status ?? 'no answer'}, ${why}, ${servedBy?.pod ?? 'no pod'}, ${ms} ms`;
    failed.push(reported);
    report(reported);
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
