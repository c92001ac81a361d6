import { afterAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { forgetKeys, testVariables } from '#libs/testing';
import type { BootRegistry } from '../pods/boot-registry.js';
import { newSessionId, type Session } from '../sessions/session.js';
import { HandoffRecords, inBuckets, signedOut } from './handoff-records.js';
import { HandoffStore } from './handoff-store.js';
import { HeldSessions } from './held-sessions.js';

const prefix = testVariables().REDIS_KEY_PREFIX!;
const redis = new Redis(process.env.REDIS_URL!);
const limits = { idleTimeoutMs: 60_000, absoluteTimeoutMs: 600_000 };

afterAll(async () => {
  await forgetKeys(prefix);
  redis.disconnect();
});

const [createdAt, lastSeenAt] = [Date.now(), Date.now()];
const session: Session = { id: 'boot-a.one', customerId: 'ada', name: 'Ada', createdAt, lastSeenAt, visits: 1 };

/** A store of the boot `boot-b`, which no session has been in. */
function secondStore(boots: Partial<BootRegistry> = {}) {
  const records = new HandoffRecords(redis, prefix, limits, 1);
  const held = new HeldSessions(Date, limits, { max: 1_000, maxOfCustomer: 1_000 });
  const pod = { name: 'second', bootId: 'boot-b', servedBy: 'second/boot-b' };
  const store = new HandoffStore(pod, held, records, boots as BootRegistry, Date, pino({ level: 'silent' }), {
    isLettingGo: () => false,
  });
  return { records, held, store };
}

it('signs out again what the store did not forget in time', async () => {
  const { records, held, store } = secondStore();
  await records.write(session, 'boot-a', Date.now());
  const forget = records.forget.bind(records);
  records.forget = () => Promise.reject(new Error('Command timed out'));
  await expect(store.remove(session.id)).rejects.toThrow('timed out');
  records.forget = forget;
  await store.remove(session.id);
  await expect(store.remove(session.id)).rejects.toMatchObject({ missing: 'signed-out' });
  expect(await records.take(session.id, 'boot-b')).toEqual({ owner: signedOut });
  held.close();
  const other = secondStore();
  await expect(other.store.update(session.id, () => {})).rejects.toMatchObject({ missing: 'signed-out' });
  other.held.close();
});

it('signs nothing out that another pod took meanwhile, and answers for it no more', async () => {
  const id = 'boot-b.moved';
  const { records, held, store } = secondStore({ drain: () => Promise.resolve() });
  await store.add({ ...session, id });
  await store.drain();
  await store.update(id, () => {});
  const forget = records.forget.bind(records);
  records.forget = async (...args) => {
    await records.take(id, 'boot-c');
    return forget(...args);
  };
  await expect(store.remove(id)).rejects.toMatchObject({ missing: 'misrouted' });
  expect(await records.take(id, 'boot-d')).toEqual({ owner: 'boot-c' });
  await expect(store.update(id, () => {})).rejects.toMatchObject({ missing: 'misrouted' });
  held.close();
});

it('signs nothing out a second time that another pod took and signed out', async () => {
  const id = 'boot-b.signed-out-elsewhere';
  const { records, held, store } = secondStore({ drain: () => Promise.resolve() });
  await store.add({ ...session, id });
  await store.drain();
  await records.take(id, 'boot-c');
  expect(await records.forget(id, 'boot-c')).toBe(true);
  await expect(store.remove(id)).rejects.toMatchObject({ missing: 'misrouted' });
  // Sent again, as its answer was lost, it is done as before.
  expect(await records.forget(id, 'boot-c')).toBe(true);
  held.close();
});

it('keeps signed out what another request took before, and hears of later', async () => {
  const one = { ...session, id: 'boot-a.beside' };
  const { records, held, store } = secondStore();
  await records.write(one, 'boot-a', Date.now());
  const take = records.take.bind(records);
  records.take = async (...args) => {
    const taken = await take(...args);
    records.take = take;
    await store.remove(one.id);
    return taken;
  };
  await expect(store.update(one.id, () => {})).rejects.toMatchObject({ missing: 'signed-out' });
  held.close();
});

it('knows a session that its owner wrote out, and went, while it was asked for', async () => {
  const late = { ...session, id: 'boot-a.late' };
  const { records, held, store } = secondStore({
    async stateOf() {
      await records.write(late, 'boot-a', Date.now());
      return 'gone';
    },
  });
  expect(await store.update(late.id, ({ name }) => name)).toBe('Ada');
  held.close();
});

it('knows no session that its owner took along', async () => {
  const { held, store } = secondStore({ stateOf: () => Promise.resolve('gone') });
  await expect(store.update('boot-a.lost', () => {})).rejects.toMatchObject({ missing: 'owner-gone' });
  held.close();
});

it('knows no session that is older in its bucket than it may grow', async () => {
  const id = newSessionId('boot-aaaaaa');
  const old = { ...session, id, lastSeenAt: Date.now() - limits.idleTimeoutMs };
  const { records, held, store } = secondStore();
  await records.writeAll(inBuckets([old, { ...session, id: `${id.slice(0, -1)}_` }]), 'boot-aaaaaa', Date.now());
  await expect(store.update(old.id, () => {})).rejects.toMatchObject({ missing: 'expired' });
  held.close();
});
