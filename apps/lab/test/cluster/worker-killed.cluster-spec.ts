import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { output, runProgram } from '../../src/provision/run-program.js';
import { modes, type ModeName } from '../../src/bank/modes.js';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import type { BankClient } from '../bank-client.js';
import { openBank, steadyModes, upgradeMs } from './bank.js';
import { customers, openSession, soon, timesInStatement } from './customers.js';
import { ask, commandOf, shell } from './diagnosis.js';
import { report } from './place.js';
import { killableWorker, podsOn, spreadOut, startAgain } from './workers.js';
import { auditLedger } from '../../src/bank/audit.js';

const killMs = 900_000;
const answerMs = 240_000;
const tellers = ['sticky', 'handoff', 'shared'] as const;

interface OpenSession {
  readonly client: BankClient;
  readonly mode: ModeName;
  readonly pod: string;
}

describe('a worker that dies under load', () => {
  let platform: KubernetesPlatform;
  let worker: string | undefined;
  const payments = new AbortController();
  beforeAll(async () => {
    platform = await openBank(steadyModes);
    worker = await killableWorker();
    await spreadOut(platform);
  }, upgradeMs);
  afterAll(async () => {
    payments.abort();
    if (worker !== undefined) await startAgain(worker);
    await platform?.close();
  }, killMs);

  it(
    'takes the sessions that lived on it in sticky and handoff, none of shared, and no money; then all is whole again',
    async () => {
      const onIt = await podsOn(worker!);
      const sessions = await openSessions(await customers(8));
      const expected = sessions.map(({ mode, pod }) =>
        mode !== 'shared' && onIt.includes(pod) ? `${mode}: session-owner-gone` : `${mode}: known`,
      );
      expect(new Set(expected)).toEqual(
        new Set([
          'sticky: known',
          'sticky: session-owner-gone',
          'handoff: known',
          'handoff: session-owner-gone',
          'shared: known',
        ]),
      );
      const payers = await customers(3);
      const money = pay(payers, payments);
      await sleep(2_000);
      const killedAt = performance.now();
      await output(runProgram, 'docker', ['kill', worker!]);
      const said = await Promise.all(sessions.map(answerOf));
      report(`every customer had an answer ${Math.round((performance.now() - killedAt) / 1_000)} s after the kill`);
      expect(said).toEqual(expected);

      await shell(commandOf(await ask(), /node \S+ is not ready/));
      await startAgain(worker!);
      await platform.settled(answerMs);
      const keys = await money.end();
      report(`whole again ${Math.round((performance.now() - killedAt) / 1_000)} s after the kill`);
      for (const [payer, asked] of keys) expect(await timesInStatement(payer, asked)).toEqual(asked.map(() => 1));
      expect(await auditLedger(platform)).toMatchObject({ clean: true, breach: null });
      expect(await openSessions(await customers(2))).toHaveLength(2 * tellers.length);
    },
    killMs,
  );
});

async function openSessions(clients: readonly BankClient[]): Promise<OpenSession[]> {
  const sessions: OpenSession[] = [];
  for (const client of clients) {
    for (const mode of tellers) {
      const { pod } = await openSession(client, modes[mode].path);
      sessions.push({ client, mode, pod });
    }
  }
  return sessions;
}

/** What the bank says of a session once it says anything: known, or why not. */
async function answerOf({ client, mode }: OpenSession): Promise<string> {
  const until = Date.now() + answerMs;
  for (;;) {
    const reply = await soon(client.ask('GET', modes[mode].path)).catch(() => undefined);
    if (reply?.status === 200) return `${mode}: known`;
    if (reply?.status === 401) {
      const { type } = (await reply.json()) as { type: string };
      return `${mode}: ${type.replace('urn:tellers:problem:', '')}`;
    }
    if (Date.now() > until) return `${mode}: no answer, ${reply?.status}`;
    await sleep(1_000);
  }
}

/** Has each customer transfer money under new keys, whatever the answer, until `end` tells all the keys. */
function pay(
  payers: readonly BankClient[],
  stopping: AbortController,
): { end: () => Promise<Map<BankClient, string[]>> } {
  const keys = new Map<BankClient, string[]>(payers.map((payer) => [payer, []]));
  const paying = payers.map(async (payer) => {
    while (!stopping.signal.aborted) {
      const key = randomUUID();
      keys.get(payer)!.push(key);
      await soon(payer.transfer(key)).catch(() => undefined);
      await sleep(500);
    }
  });
  return {
    end: async () => {
      stopping.abort();
      await Promise.all(paying);
      return keys;
    },
  };
}
