import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesPlatform } from '../src/platform/kubernetes/kubernetes-platform.js';
import type { BankClient } from '../test/bank-client.js';
import { faultMs, openBank, steadyModes, upgradeMs } from './bank.js';
import { customers, openSession, timesInStatement } from './customers.js';
import { kubectl, place, tell } from './place.js';

const counters = ['/session', '/handoff/session', '/shared/session'];

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
        for (const counter of counters) await openSession(client, counter);
      }
      const answers: { status: number; ms: number }[] = [];
      const keys = new Map<BankClient, string[]>(clients.map((client) => [client, []]));
      const timed = async (ask: () => Promise<Response>): Promise<void> => {
        const began = performance.now();
        const { status } = await ask();
        answers.push({ status, ms: performance.now() - began });
      };
      const stopping = new AbortController();
      const visits = clients.map(async (client) => {
        while (!stopping.signal.aborted) {
          const key = randomUUID();
          keys.get(client)!.push(key);
          await timed(() => client.transfer(key));
          await timed(() => client.ask('GET', '/shared/session'));
          await sleep(200);
        }
      });
      await sleep(2_000);
      const redis = `statefulset/${place.release}-redis`;
      await kubectl(['rollout', 'restart', redis]);
      await kubectl(['rollout', 'status', redis, '--timeout=3m']);
      await sleep(5_000);
      stopping.abort();
      await Promise.all(visits);

      const refused = answers.filter(({ status }) => status === 503);
      const slowest = Math.max(...refused.map(({ ms }) => ms));
      tell(
        `${answers.length} answers, ${refused.length} of them 503, the slowest of these after ${slowest.toFixed(0)} ms`,
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201, 503]));
      expect(slowest).toBeLessThan(1_000);
      expect(await boots()).toEqual(before);
      // Whatever was unknown is settled by asking again, and each key is in the ledger once.
      for (const [client, asked] of keys) {
        expect(await timesInStatement(client, asked)).toEqual(asked.map(() => 1));
        for (const counter of counters) expect((await client.ask('GET', counter)).status).toBe(200);
      }
      expect(await platform.audit()).toMatchObject({ clean: true, breach: null });
    },
    faultMs,
  );
});
