import { setTimeout as wait } from 'node:timers/promises';
import type { RecordedRequest } from '../http/recorded-request.js';
import { bounded } from '../platform/bounded.js';
import { checkMoney } from '../bank/money-check.js';
import { CustomerPool } from '../bank/pool.js';
import { BankRecorder } from '../bank/mode-record.js';
import { seeded, type Random } from '../load/random.js';
import { LossLedger, type LossRow } from '../losses/loss-ledger.js';
import { isHeldInPod, type ModeName } from '../bank/modes.js';
import type { LocalPlatform } from '../platform/local/local-platform.js';
import { Violation, type FaultyBank, type FaultKind } from './fault.js';
import { drawKind } from './kinds.js';
import { recovery } from './probe.js';
import { watchMachine } from './full-machine.js';
import { Stillness } from './stillness.js';
import { bankLosses } from '../bank/losses.js';
import { payingCustomers } from '../bank/paying-customers.js';

export interface FaultRun {
  readonly platform: LocalPlatform;
  readonly kinds: readonly FaultKind[];
  readonly seed: number;
  readonly modeNames: readonly ModeName[];
  readonly customersPerMode: number;
  readonly durationMs: number;
  readonly faults: number;
  readonly stopping: AbortSignal;
  readonly progress: (sentence: string) => void;
}

/** What faults of one kind cost. */
export interface KindTally {
  readonly kind: string;
  times: number;
  requestsFailed: number;
  /** Without those that a request to another pod missed, which is in the nature of `unpinned`. */
  sessionsLost: number;
  longestRecoveryMs: number;
}

export interface FaultsFound {
  readonly tallies: readonly KindTally[];
  readonly losses: readonly LossRow<ModeName>[];
  readonly faults: number;
  readonly requests: number;
  readonly transfers: number;
  /** Times that a session which lives in a pod went on in another. */
  readonly moved: number;
  /** Requests that nobody answered in time while the machine was full, which tells nothing of the bank. */
  readonly lateByMachine: number;
  /** What was broken, if anything was, and after which fault. */
  readonly violation?: { readonly fault: number; readonly kind: string; readonly sentence: string };
}

const thinkMs = 150;
const payShare = 0.4;
const checkEvery = 25;
const reportEveryMs = 2_000;
/** A fault is over by then, or something hangs. */
const overWithinMs = 45_000;
const leaveWithinMs = 30_000;

/** Breaks the bank under customers of every mode, one fault after the other, until it is told to end or a promise is broken. */
export async function runFaults(run: FaultRun): Promise<FaultsFound> {
  const { platform, kinds, seed, modeNames, progress, stopping } = run;
  const pool = new CustomerPool(platform.baseUrl);
  const ledger = await new LossLedger(bankLosses).open(platform);
  const recorder = new BankRecorder(ledger);
  const stillness = new Stillness();
  const unwatch = watchMachine((from, to) => stillness.machineWasFull(from, to));
  let moved = 0;
  for (const mode of modeNames) {
    const record = recorder.of(mode);
    record.onRecorded = (recorded: RecordedRequest) => stillness.met(mode, recorded);
    record.onMoved = () => (moved += isHeldInPod(mode) ? 1 : 0);
  }
  progress('customers register and sign in');
  await pool.grow(modeNames.length * run.customersPerMode + 2);
  const bank: FaultyBank = { platform, modeNames, pool, victim: await pool.take(), recorder };
  const prober = await pool.take();
  const parties = modeNames.map((mode) =>
    payingCustomers({ pool, users: run.customersPerMode, mode, observer: recorder.of(mode), seed, thinkMs, payShare }),
  );
  const leaving = new AbortController();
  const gone = Promise.all(parties.map((users) => users.run(leaving.signal)));
  const leave = (): Promise<unknown> => {
    leaving.abort();
    return gone;
  };

  const tallies = new Map(kinds.map(({ name }) => [name, emptyTally(name)]));
  const check = async () => {
    const { audit, statements } = await checkMoney(platform, pool);
    if (audit.breach !== null) throw new Violation(`The audit: ${audit.breach}`);
    const [fault] = statements.faults;
    if (fault !== undefined) throw new Violation(fault);
  };
  const checkLosses = () => {
    ledger.settle();
    const unexplained = ledger.booked.find(({ cause }) => cause === 'unexplained');
    if (unexplained !== undefined) throw new Violation(`No cause explains ${unexplained.example}.`);
    for (const { mode, contradictions } of recorder.records()) {
      if (contradictions.length > 0) throw new Violation(`Two pods have a session of ${mode}: ${contradictions[0]}.`);
    }
    stillness.check();
  };

  const inflictOne = (among: readonly FaultKind[], random: Random) => drawKind(among, random).inflict(bank, random);

  let number = 0;
  let reportedAt = 0;
  let kind: FaultKind | undefined;
  let violation: FaultsFound['violation'];
  const startedAt = performance.now();
  try {
    await recovery(platform, prober);
    while (number < run.faults && performance.now() - startedAt < run.durationMs && !stopping.aborted) {
      number += 1;
      // A stream for each: what one draws does not depend on how the ones before went.
      const random = seeded(seed, number);
      kind = drawKind(kinds, random);
      const tally = tallies.get(kind.name)!;
      const before = countsOf(recorder);
      const from = performance.now();
      const clients = kind.byClient ? [] : kinds.filter(({ byClient }) => byClient);
      const atOnce = clients.length === 0 ? [] : [inflictOne(clients, seeded(seed, -number))];
      await bounded(
        Promise.all([kind.inflict(bank, random), ...atOnce]),
        overWithinMs,
        new Violation(`The fault itself (${kind.name}) does not end.`),
      );
      if (kind.holdsStill) stillness.was(from, performance.now());
      const recoveryMs = await recovery(platform, prober);
      const after = countsOf(recorder);
      tally.times += 1;
      tally.requestsFailed += after.failed - before.failed;
      tally.sessionsLost += after.lost - before.lost;
      tally.longestRecoveryMs = Math.max(tally.longestRecoveryMs, recoveryMs);
      checkLosses();
      if (number % checkEvery === 0) await check();
      if (performance.now() - reportedAt < reportEveryMs) continue;
      reportedAt = performance.now();
      progress(`${number} faults; the last was ${kind.name}`);
    }
    await bounded(leave(), leaveWithinMs, new Violation('A customer still waits for an answer.'));
    await check();
    // What a pod's end explains may be told a moment later.
    await wait(2_500);
    checkLosses();
  } catch (error) {
    const sentence = error instanceof Violation ? error.message : String((error as Error).stack);
    violation = { fault: number, kind: kind?.name ?? 'none', sentence };
  } finally {
    unwatch();
    ledger.close();
    await Promise.race([leave().catch(() => undefined), wait(leaveWithinMs, undefined, { ref: false })]);
    await pool.close();
  }
  const records = recorder.records();
  return {
    tallies: [...tallies.values()],
    losses: ledger.rows(),
    faults: number,
    requests: records.reduce((sum, { requests }) => sum + requests, 0),
    transfers: records.reduce((sum, { transfers }) => sum + transfers.acknowledged + transfers['settled-done'], 0),
    moved,
    lateByMachine: stillness.lateByMachine,
    ...(violation && { violation }),
  };
}

const emptyTally = (kind: string): KindTally => ({
  kind,
  times: 0,
  requestsFailed: 0,
  sessionsLost: 0,
  longestRecoveryMs: 0,
});

function countsOf(recorder: BankRecorder): { failed: number; lost: number } {
  const records = recorder.records();
  return {
    failed: records.reduce((sum, { failed }) => sum + failed, 0),
    lost: records.reduce(
      (sum, { sessionsLost, lostBy }) => sum + sessionsLost - (lostBy.get('session-misrouted') ?? 0),
      0,
    ),
  };
}
