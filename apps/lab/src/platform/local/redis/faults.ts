import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { CannotHere } from '../../cannot-here.js';
import type { StoreFaults } from '../../store-faults.js';
import type { FoundRedis } from './found-redis.js';

/** The faults of this machine's Redis. One that is not this run's alone is paused at most: that leaves it as it was. */
export function redisFaults({ url, own, restart }: FoundRedis): StoreFaults {
  return {
    pause: (ms) => pauseRedis(url, ms),
    restart: async () => {
      if (restart === undefined) throw new CannotHere(own ? leftInContainer : notOurs);
      await restart('SIGTERM');
    },
    fill: async (ms) => {
      if (!own) throw new CannotHere(notOurs);
      await fillRedis(url, ms);
    },
  };
}

const notOurs = 'The Redis that REDIS_URL names may not be ours alone: it was neither restarted nor filled.';
const leftInContainer = 'The data of a Redis in Docker goes with its container: it was not restarted.';

/** Has Redis answer nobody for so long (CLIENT PAUSE), as a stalled disk or network would. */
async function pauseRedis(url: string, ms: number): Promise<void> {
  await withRedis(url, (redis) => redis.call('CLIENT', 'PAUSE', String(ms), 'ALL'));
}

/** Has Redis refuse every change for so long, for lack of memory: it may use none, and frees none by itself. */
async function fillRedis(url: string, ms: number): Promise<void> {
  await withRedis(url, async (redis) => {
    const [, before = '0'] = await redis.config('GET', 'maxmemory');
    await redis.config('SET', 'maxmemory', '1');
    const putBack = () => withRedis(url, (again) => again.config('SET', 'maxmemory', before));
    // One that is gone by then took the setting with it.
    setTimeout(() => void putBack().catch(() => {}), ms);
  });
}

/** Makes it the replica of a primary that is not there, and a primary again: meanwhile it refuses every change (READONLY). */
export async function demoteRedis(url: string, ms: number): Promise<void> {
  await withRedis(url, async (redis) => {
    // Nobody listens on that port, so it keeps its data.
    await redis.replicaof('127.0.0.1', '1');
    await wait(ms);
    await redis.call('REPLICAOF', 'NO', 'ONE');
  });
}

/** Cuts every connection of its clients. */
export async function cutRedisConnections(url: string): Promise<void> {
  await withRedis(url, (redis) => redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'));
}

async function withRedis(url: string, use: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, disconnectTimeout: 100 });
  redis.on('error', () => {});
  try {
    await use(redis);
  } finally {
    redis.disconnect();
  }
}
