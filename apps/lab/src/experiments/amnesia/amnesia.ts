import { setTimeout as sleep } from 'node:timers/promises';
import type { ModeRecord } from '../../bank/mode-record.js';
import { modestRate, sendCustomers } from '../../bank/traffic.js';
import { warmUp } from '../../load/warm-up.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Pod } from '../../platform/platform.js';
import type { Experiment, Lab } from '../experiment.js';
import { actionNow, sessionsOverTime } from '../time-plots.js';
import { claims, kinds, type AmnesiaKey } from './claims.js';
import { countLosses } from './losses.js';
import type { CustomerSession } from '../../bank/observer.js';
import type { Figures } from '../../statistics/figures.js';

const thinkMs = 400;
/** With less, hardly anyone is in the pod that is killed. */
const minSeconds = 6;

/** Claim 9: one pod of each mode dies without warning while customers are in it. */
export const amnesia: Experiment<AmnesiaKey> = {
  name: 'amnesia',
  summary: 'kills one pod of each mode under load: what is forgotten, what fails, what is lost',
  claims,
  kinds,
  how:
    `Customers arrive open loop for at least ${minSeconds} s; half way one pod, the one with the most sessions, is killed (SIGKILL). A session lives ` +
    'in the pod boot that answered it last (X-Served-By). Its loss and the cause are what the bank answers when the ' +
    'customer comes back. Money: the ledger audit, and each customer compares its statement with its own book.',
  rounds: { local: 5, kubernetes: 3 },
  together: 'always',
  expectedSeconds: ({ seconds }) => Math.max(seconds, minSeconds) + 4,
  measure: killOne,
};

async function killOne(lab: Lab, mode: ModeName): Promise<Figures<AmnesiaKey>> {
  const { platform, pool, seed } = lab;
  const seconds = Math.max(lab.seconds, minSeconds);
  if (platform.killNote !== undefined) lab.note(platform.killNote);
  const recorder = lab.recorder();
  const record = recorder.of(mode);
  const ended: CustomerSession[] = [];
  record.onEnd = (session) => ended.push(session);
  lab.progress(`${mode}: customers arrive`);
  const journeysPerSecond = modestRate(pool.customers.length, thinkMs);
  const traffic = { pool, mode, observer: record, seed, journeysPerSecond, durationMs: seconds * 1_000, thinkMs };
  warmUp(recorder, seconds);
  const sending = sendCustomers(traffic);
  await sleep((seconds * 1_000) / 2);
  const victim = await fullestPod(lab, record);
  const bootId = victim.bootId ?? '';
  const action = actionNow(`${victim.name} is killed`, record);
  const atKill = { inPod: sessionsIn(record, bootId), endedBefore: ended.length };
  lab.progress(`${mode}: ${victim.name} is killed with ${atKill.inPod.length} of ${action.open} open sessions in it`);
  const killing = platform.kill(victim.name);
  await sending;
  await killing;
  lab.progress(`${mode}: the audit, and customers read their statements`);
  lab.draw(sessionsOverTime(recorder, record, [action]));
  const money = await lab.checkMoney();
  const { transfers, journeys } = record;
  return {
    requests: record.requests,
    failed: record.failed,
    openAtKill: action.open,
    ...countLosses({
      bootId,
      inPod: atKill.inPod,
      before: ended.slice(0, atKill.endedBefore),
      after: ended.slice(atKill.endedBefore),
    }),
    unfinished: record.unfinishedSteps,
    gaveUp: journeys['gave-up'],
    acknowledged: transfers.acknowledged,
    unknownSettled: transfers['settled-done'] + transfers['settled-not-done'],
    unsettled: transfers.unsettled,
    p99: record.latencies.percentileMs(99) ?? null,
    auditBreaches: money.auditBreaches,
    moneyLost: money.lostMinor,
  };
}

const sessionsIn = (record: ModeRecord, bootId: string | undefined): CustomerSession[] =>
  [...record.open].filter(({ home }) => home?.bootId === bootId);

async function fullestPod({ platform }: Lab, record: ModeRecord): Promise<Pod> {
  const ready = (await platform.pods(modes[record.mode].workload)).filter(({ phase }) => phase === 'ready');
  const [fullest] = ready.toSorted(
    (one, other) => sessionsIn(record, other.bootId).length - sessionsIn(record, one.bootId).length,
  );
  if (fullest === undefined) throw new Error(`No pod of ${record.mode} is ready.`);
  return fullest;
}
