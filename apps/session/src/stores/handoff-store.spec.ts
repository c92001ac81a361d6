import { afterAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { forgetKeys, testVariables } from '#libs/testing';
import type { BootRegistry } from '../pods/boot-registry.js';
import type { Session } from '../sessions/session.js';
import { HandoffRecords } from './handoff-records.js';
import { HandoffStore } from './handoff-store.js';
import { HeldSessions } from './held-sessions.js';

const prefix = testVariables().REDIS_KEY_PREFIX!;
const redis = new Redis(process.env.REDIS_URL!);
const limits = { idleTimeoutMs: 60_000, absoluteTimeoutMs: 600_000 };

afterAll(async () => {
  await forgetKeys(prefix);
  redis.disconnect();
});

it('signs out again what the store did not forget in time', async () => {
  const records = new HandoffRecords(redis, prefix, limits, 1);
  const held = new HeldSessions(Date, limits);
  const pod = { name: 'second', bootId: 'boot-b', servedBy: 'second/boot-b' };
  const store = new HandoffStore(pod, held, records, {} as BootRegistry, Date, pino({ level: 'silent' }));
  const [createdAt, lastSeenAt] = [Date.now(), Date.now()];
  const session: Session = { id: 'boot-a.one', customerId: 'ada', name: 'Ada', createdAt, lastSeenAt, visits: 1 };
  await records.write(session, 'boot-a', Date.now());
  const forget = records.forget.bind(records);
  records.forget = () => Promise.reject(new Error('Command timed out'));
  await expect(store.remove(session.id)).rejects.toThrow('timed out');
  records.forget = forget;
  await store.remove(session.id);
  await expect(store.remove(session.id)).rejects.toMatchObject({ missing: 'signed-out' });
  expect(await records.take(session.id, 'boot-b')).toEqual({ owner: 'boot-b' });
  held.close();
});
