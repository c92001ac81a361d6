import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hasRedisServer, RedisServer } from '#libs/testing';
import type { LocalPlatform } from '../src/platform/local/local-platform.js';
import { startLocalPlatform } from '../src/platform/local/start-local-platform.js';
import { BankClient } from './bank-client.js';

/** A minute (HOSTILE_SECONDS=60) shows no more, and everybody would wait for it. */
const seconds = Number(process.env['HOSTILE_SECONDS'] ?? 12);
const megabyte = 1_000_000;

let store: RedisServer;
let platform: LocalPlatform;
let hostile: ChildProcess;
beforeAll(async () => {
  if (!hasRedisServer) return;
  store = await RedisServer.start();
  process.env['REDIS_URL'] = store.url();
  platform = await startLocalPlatform({
    port: 0,
    workloads: { auth: 1, account: 1, 'session-sticky': 1, 'session-shared': 1 },
  });
}, 60_000);
afterAll(async () => {
  hostile?.kill('SIGKILL');
  await platform?.close();
  await store?.stop();
}, 60_000);

interface Failure {
  readonly what: string;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly afterMs: number;
}

(hasRedisServer ? it : it.skip)(
  'does not keep ten ordinary customers at the same address from anything, nor fills pods or store',
  async () => {
    const customers = Array.from({ length: 10 }, (_, index) => new BankClient(platform.baseUrl, `ordinary-${index}`));
    const guessed = new BankClient(platform.baseUrl, 'guessed');
    for (const customer of [...customers, guessed]) await customer.signIn();
    const before = await usedMemory();

    hostile = fork('apps/lab/test/hostile-client.mjs', [platform.baseUrl, 'guessed'], { execArgv: [] });
    await once(hostile, 'message');
    const beganAt = performance.now();
    const failures: Failure[] = [];
    let done = 0;
    const ordinary = async (customer: BankClient, index: number): Promise<void> => {
      for (let round = 0; performance.now() - beganAt < seconds * 1_000; round += 1) {
        const counter = index % 2 === 0 ? '/session' : '/shared/session';
        const acts: [string, () => Promise<Response>][] = [
          ['sign in', () => customer.signInAgain()],
          ['read', () => customer.ask('GET', '/account/accounts')],
          ['pay', () => customer.transfer(`key-${index}-${round}`)],
          ['open', () => customer.ask('POST', counter)],
          ['look', () => customer.ask('GET', `${counter}/overview`)],
          ['pay in steps', () => customer.transferInSteps(counter)],
          ['close', () => customer.ask('DELETE', counter)],
        ];
        for (const [what, act] of acts) {
          const reply = await act();
          const afterMs = performance.now() - beganAt;
          done += 1;
          if (!reply.ok)
            failures.push({ what, status: reply.status, retryAfter: reply.headers.get('retry-after'), afterMs });
          if (!reply.bodyUsed) await reply.arrayBuffer();
        }
        await wait(500);
      }
    };
    await Promise.all(customers.map(ordinary));

    hostile.send('tell');
    const [answers] = (await once(hostile, 'message')) as [Record<string, number>];
    const told = failures.filter(
      ({ status, retryAfter, afterMs }) => status !== 503 || retryAfter === null || afterMs > 1_000,
    );
    expect(told).toEqual([]);
    expect(done).toBeGreaterThanOrEqual(customers.length * 7);
    // As many as its limits let it, in at most one window more than the time has.
    const windows = Math.ceil(seconds / 60) + 1;
    expect(answers['guess 401']).toBeLessThan(20 * windows);
    expect(answers['open 201']).toBeLessThanOrEqual(120 * windows);
    expect(answers['register 201']).toBeLessThanOrEqual(600);
    expect(await platform.audit()).toMatchObject({ clean: true });
    for (const { memoryBytes } of (await platform.usage()).values()) expect(memoryBytes).toBeLessThan(400 * megabyte);
    expect((await usedMemory()) - before).toBeLessThan(20 * megabyte);
  },
  (seconds + 60) * 1_000,
);

async function usedMemory(): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await store.admin.info('memory'))?.[1]);
}
