import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Redis } from 'ioredis';
import { hasRedisServer, RedisServer } from '#libs/testing';
import { connectRedis } from '../redis.js';
import { Counters } from './counters.js';

const options = { keyPrefix: 'limits:test', quota: 3, windowSeconds: 60 };

(hasRedisServer ? describe : describe.skip)('Counters (skipped where no Redis server is on the PATH)', () => {
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    server = await RedisServer.start();
    redis = connectRedis({ url: server.url(), name: 'test', log: pino({ level: 'silent' }) });
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  /** What each of so many counts leaves. */
  async function left(counters: Counters, key: string, count: number): Promise<number[]> {
    const reported: number[] = [];
    for (let one = 0; one < count; one += 1) reported.push((await counters.count(key)).left);
    return reported;
  }

  it('are one for all pods', async () => {
    const [one, other] = [new Counters(redis, options), new Counters(redis, options)];
    expect(await left(one, 'shared', 2)).toEqual([2, 1]);
    expect(await left(other, 'shared', 1)).toEqual([0]);
    expect((await one.count('shared')).counted).toBeGreaterThan(options.quota);
    expect(await server.admin.pttl('limits:test:shared')).toBeGreaterThan(50_000);
  });

  it('are each pod’s own while the store takes no changes, and tell the waits that began meanwhile', async () => {
    const counters = new Counters(redis, options);
    await server.admin.config('SET', 'maxmemory', '1');
    try {
      expect(await left(counters, 'full', 3)).toEqual([2, 1, 0]);
      expect((await counters.count('full')).counted).toBeGreaterThan(options.quota);
      await counters.block('waits', 30);
      expect(await counters.read('waits')).toEqual({ counted: 4, left: 0, endsInSeconds: 30 });
    } finally {
      await server.admin.config('SET', 'maxmemory', '0');
    }
  });

  it('keep nobody waiting for a store that does not answer', async () => {
    const counters = new Counters(redis, options);
    await server.admin.call('CLIENT', 'PAUSE', '1500');
    const beganAt = performance.now();
    expect((await counters.count('paused')).left).toBe(2);
    expect(performance.now() - beganAt).toBeLessThan(600);
    await server.admin.call('CLIENT', 'UNPAUSE');
  });
});
