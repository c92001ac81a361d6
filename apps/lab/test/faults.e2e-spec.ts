import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalPlatform } from '../src/platform/local/local-platform.js';
import { startLocalPlatform } from '../src/bank/local/start-local-platform.js';
import { BankClient } from './bank-client.js';
import { auditLedger } from '../src/bank/audit.js';

const startMs = 90_000;
const handoff = '/handoff/session';

describe('when something fails under load', () => {
  let platform: LocalPlatform;
  let clients: BankClient[];

  beforeAll(async () => {
    const workloads = { auth: 2, account: 2, 'session-handoff': 2, 'session-shared': 2 };
    platform = await startLocalPlatform({ port: 0, workloads });
    clients = Array.from({ length: 6 }, () => new BankClient(platform.baseUrl, `ada-${randomUUID()}`));
    for (const client of clients) {
      await client.signIn();
      for (const path of [handoff, '/shared/session']) expect((await client.ask('POST', path)).status).toBe(201);
    }
  }, startMs);
  afterAll(() => platform?.close(), startMs);

  /** Has every client do the same over and over while `fault` goes on and for a moment after. */
  async function during(fault: () => Promise<void>, requests: (client: BankClient) => Promise<void>): Promise<void> {
    const stopping = new AbortController();
    const users = clients.map(async (client) => {
      while (!stopping.signal.aborted) await requests(client);
    });
    await wait(300);
    await fault();
    await wait(500);
    stopping.abort();
    await Promise.all(users);
  }

  /** Asks until the outcome is known, with the same key: what a careful client does. */
  async function settle(ask: () => Promise<Response>): Promise<string> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const reply = await ask().catch(() => undefined);
      if (reply?.status === 201) return ((await reply.json()) as { transferId: string }).transferId;
      await wait(50);
    }
    throw new Error('the outcome of a transfer stayed unknown');
  }

  it(
    'a killed account pod loses no acknowledged transfer and makes none twice',
    async () => {
      const acknowledged = new Map<BankClient, string[]>(clients.map((client) => [client, []]));
      const before = new Map(
        await Promise.all(clients.map(async (one) => [one, (await one.statement()).length] as const)),
      );
      await during(
        async () => {
          for (const name of ['account-1', 'account-2']) {
            await platform.kill(name);
            await platform.settled(startMs);
          }
        },
        async (client) => {
          const key = randomUUID();
          acknowledged.get(client)!.push(await settle(() => client.transfer(key)));
        },
      );
      for (const [client, ids] of acknowledged) {
        expect(ids.length).toBeGreaterThan(0);
        expect((await client.statement()).slice(before.get(client)).toSorted()).toEqual(ids.toSorted());
      }
      expect(await auditLedger(platform)).toMatchObject({ clean: true, breach: null });
    },
    startMs,
  );

  it(
    'a killed teller whose sessions are in Redis moves no confirmed transfer twice',
    async () => {
      const path = '/shared/session';
      const acknowledged = new Set<string>();
      const statements = () => Promise.all(clients.map((client) => client.statement()));
      const before = (await statements()).flat().length;
      await during(
        async () => {
          await platform.kill('session-shared-0');
          await platform.settled(startMs);
        },
        async (client) => {
          let reply = await client.transferInSteps(path).catch(() => undefined);
          // What was not answered, or by the gateway alone, is confirmed again: the draft and its key are in Redis.
          while (reply === undefined || reply.status >= 500) {
            reply = await client.ask('POST', `${path}/transfer/confirm`).catch(() => undefined);
            if (reply?.status === 409) return;
          }
          if (reply.status === 201) acknowledged.add(((await reply.json()) as { transferId: string }).transferId);
        },
      );
      const after = (await statements()).flat();
      expect(acknowledged.size).toBeGreaterThan(0);
      expect(new Set(after).size).toBe(after.length);
      expect([...acknowledged].filter((id) => !after.includes(id))).toEqual([]);
      expect(after.length - before).toBeGreaterThanOrEqual(acknowledged.size);
      expect(await auditLedger(platform)).toMatchObject({ clean: true });
    },
    startMs,
  );

  it.each([
    ['account', (client: BankClient) => client.transfer(randomUUID())],
    ['auth', (client: BankClient) => client.ask('GET', '/auth/.well-known/jwks.json')],
    ['session-handoff', (client: BankClient) => client.transferInSteps(handoff)],
    ['session-shared', (client: BankClient) => client.transferInSteps('/shared/session')],
  ] as const)(
    'a stopped pod of %s fails no request',
    async (workload, ask) => {
      const [pod] = await platform.pods(workload);
      const statuses = new Set<number>();
      await during(
        async () => {
          await platform.stop(pod!.name);
          await platform.settled(startMs);
        },
        async (client) => void statuses.add((await ask(client)).status),
      );
      expect([...statuses].filter((status) => status >= 300)).toEqual([]);
      expect((await platform.pods(workload)).every(({ bootId }) => bootId !== pod!.bootId)).toBe(true);
    },
    startMs,
  );

  it(
    'a silent Redis is answered with 503 within a second everywhere, restarts nothing, and costs no money',
    async () => {
      const boots = (await platform.pods()).map(({ bootId }) => bootId);
      const answers: { status: number; ms: number }[] = [];
      const keys = new Map<BankClient, string[]>(clients.map((client) => [client, []]));
      const timed = async (ask: () => Promise<Response>) => {
        const began = performance.now();
        const { status } = await ask();
        answers.push({ status, ms: performance.now() - began });
      };
      await during(
        async () => {
          await platform.store.pause(5_000);
          await wait(5_000);
        },
        async (client) => {
          const key = randomUUID();
          keys.get(client)!.push(key);
          await timed(() => client.transfer(key));
          await timed(() => client.ask('GET', '/shared/session'));
        },
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201, 503]));
      expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(1_000);
      expect((await platform.pods()).map(({ bootId }) => bootId)).toEqual(boots);
      // Whatever was unknown is settled by asking again, and each key is in the ledger once.
      for (const [client, asked] of keys) {
        const ids = await Promise.all(asked.map((key) => settle(() => client.transfer(key))));
        const statement = await client.statement();
        expect(ids.map((id) => statement.filter((one) => one === id).length)).toEqual(ids.map(() => 1));
      }
      expect(await auditLedger(platform)).toMatchObject({ clean: true });
    },
    startMs,
  );
});
