import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { BankClient } from '../bank-client.js';
import { faultMs, openBank, steadyModes, upgradeMs } from './bank.js';
import { customers, openSession, timesInStatement } from './customers.js';
import { bankUrl, kubectl, place, report } from './place.js';
import { auditLedger } from '../../src/bank/audit.js';

const paths = ['/session', '/handoff/session', '/shared/session'];

describe('a Redis that is restarted under load', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => (platform = await openBank(steadyModes)), upgradeMs);
  afterAll(() => platform?.close());

  it(
    'is answered with 503 within a second, restarts no pod, and loses neither money nor a session',
    async () => {
      const boots = async () => (await platform.pods()).map(({ bootId }) => bootId);
      const before = await boots();
      const clients = await customers(4);
      for (const client of clients) {
        for (const path of paths) await openSession(client, path);
      }
      const answers: Answer[] = [];
      const keys = new Map<BankClient, string[]>(clients.map((client) => [client, []]));
      const stopping = new AbortController();
      const users = clients.map(async (client) => {
        while (!stopping.signal.aborted) {
          const key = randomUUID();
          keys.get(client)!.push(key);
          answers.push(await timed(() => client.transfer(key)));
          answers.push(await timed(() => client.ask('GET', '/shared/session')));
          await sleep(200);
        }
      });
      const storeless = sendAwayWhile(stopping.signal);
      await sleep(2_000);
      const redis = `statefulset/${place.release}-redis`;
      await kubectl(['rollout', 'restart', redis]);
      await kubectl(['rollout', 'status', redis, '--timeout=3m']);
      await sleep(5_000);
      stopping.abort();
      await Promise.all(users);

      const refused = answers.filter(({ status }) => status === 503);
      const [slowest, slowestStoreless] = [slowestOf(refused), slowestOf(await storeless)];
      report(
        `${answers.length} answers, ${refused.length} of them 503, the slowest of these after ${slowest.toFixed(0)} ms; ` +
          `what needs no store took up to ${slowestStoreless.toFixed(0)} ms`,
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201, 503]));
      // What the machine itself is late with is not the store's doing.
      expect(slowest).toBeLessThan(1_000 + slowestStoreless);
      expect(await boots()).toEqual(before);
      // Whatever was unknown is settled by asking again, and each key is in the ledger once.
      for (const [client, asked] of keys) {
        expect(await timesInStatement(client, asked)).toEqual(asked.map(() => 1));
        for (const path of paths) expect((await client.ask('GET', path)).status).toBe(200);
      }
      expect(await auditLedger(platform)).toMatchObject({ clean: true, breach: null });
    },
    faultMs,
  );
});

interface Answer {
  readonly status: number;
  readonly ms: number;
}

async function timed(ask: () => Promise<Response>): Promise<Answer> {
  const began = performance.now();
  const { status } = await ask();
  return { status, ms: performance.now() - began };
}

/** A stranger asks again and again, and is sent away by what each pod knows itself. */
async function sendAwayWhile(stopping: AbortSignal): Promise<Answer[]> {
  const stranger = new BankClient(bankUrl, 'stranger');
  const answers: Answer[] = [];
  while (!stopping.aborted) {
    answers.push(await timed(() => stranger.ask('GET', '/account/accounts')));
    await sleep(50);
  }
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  return answers;
}

const slowestOf = (answers: readonly Answer[]): number => Math.max(...answers.map(({ ms }) => ms));
