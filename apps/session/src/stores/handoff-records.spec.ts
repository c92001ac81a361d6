import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { forgetKeys, testVariables } from '#libs/testing';
import type { Session } from '../sessions/session.js';
import { HandoffRecords } from './handoff-records.js';

const prefix = testVariables().REDIS_KEY_PREFIX!;
let redis: Redis;
let records: HandoffRecords;

beforeAll(() => {
  redis = new Redis(process.env.REDIS_URL!);
  records = new HandoffRecords(redis, prefix, { idleTimeoutMs: 60_000, absoluteTimeoutMs: 600_000 }, 1);
});
afterAll(async () => {
  await forgetKeys(prefix);
  redis.disconnect();
});

const session = (id: string): Session => ({
  id,
  customerId: 'ada',
  name: 'Ada',
  createdAt: Date.now(),
  lastSeenAt: Date.now(),
  visits: 3,
});

it('gives a session to one pod only, and tells the other who has it', async () => {
  await records.write(session('one'), 'boot-a', Date.now());
  const takes = await Promise.all([records.take('one', 'boot-b'), records.take('one', 'boot-c')]);
  expect(takes.filter((take) => take.session)).toHaveLength(1);
  expect(takes[0].owner).toBe(takes[1].owner);
});

it('gives it again to the pod that took it, whose answer may have been lost', async () => {
  await records.write(session('two'), 'boot-a', Date.now());
  const first = await records.take('two', 'boot-b');
  expect(first.session).toMatchObject({ id: 'two', visits: 3 });
  expect(await records.take('two', 'boot-b')).toEqual(first);
  expect(await records.take('two', 'boot-c')).toEqual({ owner: 'boot-b' });
});

it('does not bring a session back that was forgotten, not even by its first pod', async () => {
  await records.write(session('three'), 'boot-a', Date.now());
  await records.take('three', 'boot-b');
  await records.forget('three', 'boot-b');
  expect(await records.write(session('three'), 'boot-a', Date.now())).toBe(false);
  expect(await records.take('three', 'boot-b')).toEqual({ owner: 'boot-b' });
});

it('writes a session again until another pod has taken it, and then only for that pod', async () => {
  expect(await records.write(session('four'), 'boot-a', Date.now())).toBe(true);
  expect(await records.write(session('four'), 'boot-a', Date.now())).toBe(true);
  await records.take('four', 'boot-b');
  expect(await records.write(session('four'), 'boot-a', Date.now())).toBe(false);
  expect((await records.take('four', 'boot-c')).session).toBeUndefined();
  expect(await records.write(session('four'), 'boot-b', Date.now())).toBe(true);
  expect((await records.take('four', 'boot-c')).session).toMatchObject({ id: 'four' });
});

it('writes thousands out, each named once, and leaves out what another pod has taken', async () => {
  const sessions = Array.from({ length: 2_500 }, (_, index) => session(`many-${index}`));
  await records.write(sessions[700]!, 'boot-a', Date.now());
  await records.take('many-700', 'boot-b');
  const done: string[] = [];
  await records.writeAll(sessions, 'boot-a', Date.now(), (id) => done.push(id));
  expect(done).toHaveLength(2_500);
  expect((await records.take('many-2499', 'boot-b')).session).toMatchObject({ id: 'many-2499' });
  expect(await records.take('many-700', 'boot-c')).toEqual({ owner: 'boot-b' });
});

it('names what the store has when it fails on the way, so that only the rest is written again', async () => {
  const sessions = Array.from({ length: 2_500 }, (_, index) => session(`halting-${index}`));
  const done: string[] = [];
  let batches = 0;
  const halting = new Proxy(redis, {
    get: (target, name) =>
      name === 'sessionsWrite' && ++batches === 2
        ? () => Promise.reject(new Error('Command timed out'))
        : (Reflect.get(target, name) as unknown),
  });
  const limits = { idleTimeoutMs: 60_000, absoluteTimeoutMs: 600_000 };
  const failing = new HandoffRecords(halting, prefix, limits, 1);
  const writing = failing.writeAll(sessions, 'boot-a', Date.now(), (id) => done.push(id));
  await expect(writing).rejects.toThrow('Command timed out');
  const all = sessions.map(({ id }) => id);
  expect(new Set(done)).toEqual(new Set([...all.slice(0, 500), ...all.slice(1_000)]));
  expect((await records.take('halting-700', 'boot-b')).session).toBeUndefined();
});

it('writes many as they are, whatever is in them', async () => {
  const names = ['Ada', 'two words', 'a line\nand 1 more', '漢字 "é" %d \\n', ''];
  const sessions = names.map((name, index) => ({ ...session(`any-${index}`), name }));
  const done: string[] = [];
  await records.writeAll(sessions, 'boot-a', Date.now() + 0.5, (id) => done.push(id));
  expect(done).toHaveLength(names.length);
  const taken = await Promise.all(sessions.map(({ id }) => records.take(id, 'boot-b')));
  expect(taken.map((take) => take.session)).toEqual(sessions);
});
