import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { newPrefix, RunKeys } from './run-keys.js';

const [own, other] = [newPrefix(), newPrefix()];
const strange = ['', 'tellers:', `${other}*`];
let redis: Redis;

beforeAll(() => {
  redis = new Redis(process.env.REDIS_URL!);
});
afterAll(async () => {
  await redis.zrem('tellers:runs', own, other, ...strange);
  redis.disconnect();
});

it('knows the other runs, and takes nothing else that somebody wrote beside them for one', async () => {
  const keys = new RunKeys(redis, own);
  await new RunKeys(redis, other).beat();
  for (const name of strange) await redis.zadd('tellers:runs', '1', name);
  await keys.beat();
  const others = [...(await keys.silences()).keys()];
  expect(others).toContain(other);
  for (const name of [own, ...strange]) expect(others).not.toContain(name);
});
