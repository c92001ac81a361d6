import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { forgetKeys, testVariables } from '#libs/testing';
import { newSessionId, type Session } from '../sessions/session.js';
import { HandoffRecords, inBuckets, signedOut } from './handoff-records.js';

const prefix = testVariables().REDIS_KEY_PREFIX!;
const limits = { idleTimeoutMs: 60_000, absoluteTimeoutMs: 600_000 };
let redis: Redis;
let records: HandoffRecords;

beforeAll(() => {
  redis = new Redis(process.env.REDIS_URL!);
  records = new HandoffRecords(redis, prefix, limits, 1);
});
afterAll(async () => {
  await forgetKeys(prefix);
  redis.disconnect();
});

const [a, b, c] = ['boot-aaaaaa', 'boot-bbbbbb', 'boot-cccccc'];

const session = (): Session => ({
  id: newSessionId(a),
  customerId: 'ada',
  name: 'Ada',
  createdAt: Date.now(),
  lastSeenAt: Date.now(),
  visits: 3,
});
const sessions = (count: number): Session[] => Array.from({ length: count }, () => session());

/** Two ways to write a session out, which must come to the same for whoever takes it. */
const ways = [
  ['by itself', (one: Session, boot: string) => records.write(one, boot, Date.now())],
  ['with all', (one: Session, boot: string) => records.writeAll(inBuckets([one]), boot, Date.now())],
] as const;

describe.each(ways)('a session that was written out %s', (_, write) => {
  it('goes to one pod only, and the other is told who has it', async () => {
    const one = session();
    await write(one, a);
    const takes = await Promise.all([records.take(one.id, b), records.take(one.id, c)]);
    expect(takes.filter((take) => take.session)).toHaveLength(1);
    expect(takes[0].owner).toBe(takes[1].owner);
  });

  it('goes again to the pod that took it, whose answer may have been lost', async () => {
    const one = session();
    await write(one, a);
    const first = await records.take(one.id, b);
    expect(first.session).toEqual(one);
    expect(await records.take(one.id, b)).toEqual(first);
    expect(await records.take(one.id, c)).toEqual({ owner: b });
  });

  it('goes on from the pod that took it, and no more from the first', async () => {
    const one = session();
    await write(one, a);
    await records.take(one.id, b);
    await write({ ...one, visits: 4 }, a);
    expect(await records.take(one.id, c)).toEqual({ owner: b });
    await write({ ...one, visits: 5 }, b);
    expect(await records.take(one.id, c)).toMatchObject({ session: { visits: 5 }, owner: c });
  });

  it('does not come back once it was forgotten, not even from its first pod', async () => {
    const one = session();
    await write(one, a);
    await records.take(one.id, b);
    await records.forget(one.id, b);
    await write(one, a);
    expect(await records.take(one.id, b)).toEqual({ owner: signedOut });
  });
});

it('writes a session again until another pod has taken it, and then only for that pod', async () => {
  const one = session();
  expect(await records.write(one, a, Date.now())).toBe(true);
  expect(await records.write(one, a, Date.now())).toBe(true);
  await records.take(one.id, b);
  expect(await records.write(one, a, Date.now())).toBe(false);
  expect(await records.write(one, b, Date.now())).toBe(true);
});

it('gives what was changed after all were written', async () => {
  const one = session();
  await records.writeAll(inBuckets([one]), a, Date.now());
  await records.write({ ...one, visits: 4 }, a, Date.now());
  expect((await records.take(one.id, b)).session).toMatchObject({ visits: 4 });
  expect(await records.take(one.id, c)).toEqual({ owner: b });
});

it('forgets a session before it was written with all', async () => {
  const one = session();
  const buckets = inBuckets([one]);
  await records.forget(one.id, a);
  await records.writeAll(buckets, a, Date.now());
  expect(await records.take(one.id, b)).toEqual({ owner: signedOut });
});

it('writes thousands out and leaves nothing to write', async () => {
  const many = sessions(5_000);
  const buckets = inBuckets(many);
  await records.writeAll(buckets, a, Date.now());
  expect(buckets.size).toBe(0);
  const taken = await Promise.all(many.map(({ id }) => records.take(id, b)));
  expect(taken.map((take) => take.session)).toEqual(many);
});

it('writes the bucket with the last of the sessions last', () => {
  const many = sessions(20_000);
  const [last] = [...inBuckets(many).values()].slice(-1);
  expect(last).toContain(many.at(-1));
});

it('keeps a bucket for as long as the session in it that lives longest', async () => {
  const many = [session(), ...sessions(20).map((one) => ({ ...one, lastSeenAt: one.lastSeenAt - 59_900 }))];
  await records.writeAll(new Map([['xx', many]]), a, Date.now());
  const ms = await redis.pttl(`${prefix}handoff-bucket:xx:${a}`);
  expect(ms).toBeGreaterThan(30_000);
  expect(ms).toBeLessThanOrEqual(60_000);
});

it('leaves what the store does not have when it fails on the way, so that only that is written again', async () => {
  const many = sessions(10_000);
  const all = inBuckets(many);
  let transactions = 0;
  const halting = new Proxy(redis, {
    get(target, name) {
      if (name === 'multi' && ++transactions === 2) throw new Error('Command timed out');
      return Reflect.get(target, name) as unknown;
    },
  });
  const failing = new HandoffRecords(halting, prefix, limits, 1);
  const left = new Map(all);
  await expect(failing.writeAll(left, a, Date.now())).rejects.toThrow('Command timed out');
  expect(left.size).toBeGreaterThan(0);
  const takes = await Promise.all([...all.values()].map((bucket) => records.take(bucket[0]!.id, b)));
  expect(takes.map(({ session: taken }) => taken === undefined)).toEqual([...all.keys()].map((name) => left.has(name)));
});

it('writes sessions as they are, whatever is in them, also beside each other', async () => {
  const names = ['Ada', 'two words', 'a line\nand 1 more', '漢字 "é" %d \\n \u0000', ''];
  const random = newSessionId(a).slice(a.length + 1, -1);
  const named = names.map((name, index) => ({ ...session(), id: `${a}.${random}${index}`, name }));
  const buckets = inBuckets(named);
  expect(buckets.size).toBe(1);
  await records.writeAll(buckets, a, Date.now());
  const taken = await Promise.all(named.map(({ id }) => records.take(id, b)));
  expect(taken.map((take) => take.session)).toEqual(named);
});
