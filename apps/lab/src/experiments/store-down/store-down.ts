import { setTimeout as sleep } from 'node:timers/promises';
import { causeOfFailure } from '../../losses/explain.js';
import type { RecordedRequest } from '../../http/recorded-request.js';
import type { ModeRecord } from '../../bank/mode-record.js';
import { modeNames, modes } from '../../bank/modes.js';
import { wherePossible } from '../../platform/cannot-here.js';
import type { StoreFault, StoreFaults } from '../../platform/store-faults.js';
import type { Experiment, FiguresByMode, Lab } from '../experiment.js';
import { claims, kinds, storeFaults, type StoreDownKey } from './claims.js';
import { effectOf, type ObservedRequest, type Span, type Spans } from './effect.js';
import { failuresOverTime } from './plots.js';
import type { Figures } from '../../statistics/figures.js';
import { payingCustomers } from '../../bank/paying-customers.js';

const thinkMs = 300;
const payShare = 0.25;
const maxPerMode = 12;
const calmMs = 1_500;
const faultMs = 2_000;
/** On a cluster names and addresses take their time to follow a store that is another pod. */
const watchedMs = { local: 2_500, kubernetes: 6_000 } as const;

/** Claims 13 and 14: the store that all modes share is paused, restarted and full, with customers of every mode inside. */
export const storeDown: Experiment<StoreDownKey> = {
  name: 'store-down',
  summary: 'the store answers nobody, restarts, is full: what customers of each mode see, and for how long',
  claims,
  kinds,
  how:
    `Customers of every mode are inside at the same time and meet the same faults: up to ${maxPerMode} of each look ` +
    `(three times of four) or pay, every ${thinkMs} ms on average; who is told to come again does so. Redis then answers ` +
    `nobody for ${faultMs} ms (CLIENT PAUSE), is stopped and started again on its data, and refuses changes for ` +
    `${faultMs} ms (maxmemory below what is used); after each of these all are watched for ${watchedMs.local} ms (${watchedMs.kubernetes} on a cluster). Shares are of ` +
    'the requests that were under way in the fault. Failed: no answer, or a 5xx. A balance that a session remembers is ' +
    'asked for again after five seconds and after a payment, so that looks in memory need the store now and then.',
  rounds: 3,
  // All modes are measured at once, so that each has a part of it.
  expectedSeconds: (_, platform) => (platform === 'local' ? 4 : 8),
  measure: async (lab, mode) => {
    const found = await lab.oncePerRound('store faults', () => measureAll(lab));
    return found[mode]!;
  },
};

async function measureAll(lab: Lab): Promise<FiguresByMode<StoreDownKey>> {
  const { pool, seed } = lab;
  const there = new Set((await lab.platform.pods()).map(({ workload }) => workload));
  const measured = modeNames.filter((mode) => there.has(modes[mode].workload));
  const recorder = lab.recorder();
  const perMode = Math.max(1, Math.min(maxPerMode, Math.floor(pool.customers.length / measured.length)));
  const parties = measured.map((mode) => ({ mode, record: recorder.of(mode), seen: [] as ObservedRequest[] }));
  for (const { record, seen } of parties) record.onRecorded = (recorded) => seen.push(...seenIn(recorded));
  lab.progress('customers of every mode sign in');
  const all = [];
  for (const { mode, record } of parties) {
    const users = payingCustomers({ pool, users: perMode, mode, observer: record, seed, thinkMs, payShare });
    all.push(users);
    await users.arrive();
  }
  const startedAt = performance.now();
  const spans: Spans = {};
  try {
    await sleep(calmMs);
    for (const fault of storeFaults) spans[fault] = await sufferOrNote(lab, fault);
  } finally {
    await Promise.all(all.map((users) => users.leave()));
  }
  lab.draw(failuresOverTime(parties, spans, startedAt));
  return Object.fromEntries(parties.map(({ mode, record, seen }) => [mode, figuresOf(record, seen, spans)]));
}

/** Undefined where the platform cannot do this to its store, which is said. */
async function sufferOrNote(lab: Lab, fault: StoreFault): Promise<Span | undefined> {
  lab.progress(`the store: ${fault}`);
  const suffered = await wherePossible(suffer(lab.platform.store, fault), lab.note);
  if (suffered === undefined) return undefined;
  await sleep(watchedMs[lab.platform.name]);
  return { ...suffered, until: performance.now() };
}

async function suffer(store: StoreFaults, fault: StoreFault): Promise<{ from: number; to: number }> {
  if (fault === 'restart') {
    const from = performance.now();
    await store.restart();
    return { from, to: performance.now() };
  }
  await store[fault](faultMs);
  const from = performance.now();
  await sleep(faultMs);
  return { from, to: from + faultMs };
}

const operations: Readonly<Record<string, ObservedRequest['what']>> = {
  look: 'look',
  payee: 'pay',
  amount: 'pay',
  confirm: 'pay',
};

/** Nothing for requests to auth and the like, which are the same in every mode. */
function seenIn(recorded: RecordedRequest): ObservedRequest[] {
  const { request, startedAt, endedAt } = recorded;
  const what = operations[request.operation];
  return what === undefined ? [] : [{ what, startedAt, endedAt, failed: causeOfFailure(recorded) !== undefined }];
}

function figuresOf(
  { requests, failed, unknown, sessionsLost, lostBy }: ModeRecord,
  seen: readonly ObservedRequest[],
  spans: Spans,
): Figures<StoreDownKey> {
  const misrouted = lostBy.get('session-misrouted') ?? 0;
  const { restart } = spans;
  const found: Partial<Record<StoreDownKey, number | null>> = {};
  for (const fault of storeFaults) {
    const span = spans[fault];
    const effect = span && effectOf(seen, span);
    found[`${fault}Looks`] = effect?.looks ?? null;
    found[`${fault}Pays`] = effect?.pays ?? null;
    found[`${fault}Longest`] = effect?.longest ?? null;
    found[`${fault}After`] = effect?.after ?? null;
  }
  return {
    ...(found as Figures<StoreDownKey>),
    restartTook: restart ? restart.to - restart.from : null,
    requests,
    failed,
    doubtful: unknown,
    lost: sessionsLost - misrouted,
    misrouted,
  };
}
