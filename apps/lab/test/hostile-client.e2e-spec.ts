import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hasRedisServer, RedisServer } from '#libs/testing';
import type { LocalPlatform } from '../src/platform/local/local-platform.js';
import { startLocalPlatform } from '../src/bank/local/start-local-platform.js';
import { besideHostileClient } from './beside-hostile-client.js';
import { auditLedger } from '../src/bank/audit.js';

/** A minute (HOSTILE_SECONDS=60) shows no more, and everybody would wait for it. */
const seconds = Number(process.env['HOSTILE_SECONDS'] ?? 12);
const megabyte = 1_000_000;

let store: RedisServer;
let platform: LocalPlatform;
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
  await platform?.close();
  await store?.stop();
}, 60_000);

(hasRedisServer ? it : it.skip)(
  'does not keep ten ordinary customers at the same address from anything, nor fills pods or store',
  async () => {
    const before = await usedMemory();
    const { done, failures, answers } = await besideHostileClient(platform.baseUrl, seconds);
    expect(failures).toEqual([]);
    expect(done).toBeGreaterThanOrEqual(70);
    // As many as its limits let it, in at most one window more than the time has.
    const windows = Math.ceil(seconds / 60) + 1;
    expect(answers['guess 401']).toBeLessThan(20 * windows);
    expect(answers['open 201']).toBeLessThanOrEqual(120 * windows);
    expect(answers['register 201']).toBeLessThanOrEqual(600);
    expect(await auditLedger(platform)).toMatchObject({ clean: true });
    for (const { memoryBytes } of (await platform.usage()).values()) expect(memoryBytes).toBeLessThan(400 * megabyte);
    expect((await usedMemory()) - before).toBeLessThan(20 * megabyte);
  },
  (seconds + 60) * 1_000,
);

async function usedMemory(): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await store.admin.info('memory'))?.[1]);
}
