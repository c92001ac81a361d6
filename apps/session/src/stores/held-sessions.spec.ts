import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Session } from '../sessions/session.js';
import { HeldSessions } from './held-sessions.js';

const limits = { idleTimeoutMs: 1_000, absoluteTimeoutMs: 10_000 };
const bounds = { max: 60_000, maxOfCustomer: 60_000 };
let now: number;
let held: HeldSessions;

beforeEach(() => {
  now = 0;
  held = new HeldSessions({ now: () => now }, limits, bounds);
});
afterEach(() => held.close());

function session(id: string): Session {
  return { id, customerId: 'ada', name: 'Ada', createdAt: now, lastSeenAt: now, visits: 0 };
}

it('sweeps away what has expired, though nobody asks for it', () => {
  held.set(session('old'));
  now = 600;
  held.set(session('young'));
  now = 1_200;
  held.sweep();
  expect([...held].map(({ id }) => id)).toEqual(['young']);
  expect(held.whyEnded('old')).toBe('expired');
});

it('ends a session at the absolute time, however busy it is', () => {
  const busy = session('busy');
  held.set(busy);
  now = 9_999;
  busy.lastSeenAt = now;
  expect(held.get('busy')).toBe(busy);
  now = 10_000;
  expect(held.get('busy')).toBeUndefined();
});

it('sweeps on where it stopped while sessions come and go', () => {
  for (let index = 0; index < 50_000; index += 1) held.set(session(`s${index}`));
  now = 1_000;
  held.sweep();
  expect(held.size).toBe(30_000);
  held.set(session('new'));
  for (let round = 0; round < 3; round += 1) held.sweep();
  expect(held.size).toBe(1);
});

it('remembers why the latest ten thousand ended', () => {
  for (let index = 0; index <= 10_000; index += 1) held.end(`s${index}`, 'signed-out');
  expect(held.whyEnded('s0')).toBeUndefined();
  expect(held.whyEnded('s10000')).toBe('signed-out');
});
