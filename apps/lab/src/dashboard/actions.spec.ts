import { describe, expect, it } from '@jest/globals';
import { kill, outcomeOf, pauseStore, roll, scale, stop, type BankView } from '../page/actions.js';
import type { BankSnapshot, PodSnapshot, WorkloadSnapshot } from '../protocol/snapshots.js';

const pod = (name: string, sessions: number | null): PodSnapshot => ({
  name,
  phase: 'ready',
  bootId: null,
  cpu: null,
  memoryBytes: null,
  sessions,
  perSecond: null,
  failed: null,
  p99Ms: null,
});
const workload = (name: string, ...sessions: (number | null)[]): WorkloadSnapshot => ({
  workload: name,
  autoscaling: null,
  pods: sessions.map((number, index) => pod(`${name}-${index}`, number)),
});
const seen = (now: object, ...yours: string[]): BankView => ({
  now: () => now as BankSnapshot,
  yours: () => new Set(yours),
});
const bank = {
  workloads: [
    workload('account', null, null),
    workload('session-sticky', 3, 4),
    workload('session-handoff', 5),
    workload('session-shared', 6),
  ],
  crowd: null,
};
const now = seen(bank);

describe('what is about to be lost', () => {
  it.each([
    ['a crash takes what is in memory', kill('session-sticky-0', now), 3],
    ['a crash takes what was not handed over', kill('session-handoff-0', now), 5],
    ['a crash takes nothing where nothing is kept', kill('account-0', now), 0],
    ['a crash takes nothing that Redis has', kill('session-shared-0', now), 0],
    ['a stop takes what is in memory', stop('session-sticky-1', now), 4],
    ['a stop takes nothing that is handed over', stop('session-handoff-0', now), 0],
    ['scaling in takes what the last pods have', scale('session-sticky', 1, now), 4],
    ['scaling out takes nothing', scale('session-sticky', 3, now), 0],
    ['replacing all takes all', roll('session-sticky', now), 7],
    ['a pause takes none', pauseStore(5), 0],
  ])('%s', (_, { atRisk }, sessions) => expect(atRisk).toBe(sessions));

  it('counts customers where a pod has not told its sessions', () => {
    const crowd = { customers: [{ id: 1, mode: 'sticky', pod: 'session-sticky-0' }] };
    const unreported = { workloads: [workload('session-sticky', null)], crowd };
    expect(kill('session-sticky-0', seen(unreported)).atRisk).toBe(1);
  });

  it('counts customers who came after a pod had told its sessions', () => {
    const crowd = { customers: [1, 2].map((id) => ({ id, mode: 'sticky', pod: 'session-sticky-0' })) };
    const early = { workloads: [workload('session-sticky', 1)], crowd };
    expect(kill('session-sticky-0', seen(early)).atRisk).toBe(2);
    expect(kill('session-sticky-0', seen(early, 'session-sticky-0')).atRisk).toBe(3);
  });

  it('counts only who comes back where requests miss their session by design', () => {
    const crowd = { customers: [{ id: 1, mode: 'unpinned', pod: 'session-unpinned-0' }] };
    const many = { workloads: [workload('session-unpinned', 820)], crowd };
    expect(stop('session-unpinned-0', seen(many)).atRisk).toBe(1);
  });

  it.each([
    ['a crash', kill, 'session-sticky-1', 1],
    ['a crash of another pod', kill, 'session-sticky-0', 0],
    ['a crash where it was not yet handed over', kill, 'session-handoff-0', 1],
    ['a stop', stop, 'session-sticky-1', 1],
    ['a stop where it is handed over', stop, 'session-handoff-0', 0],
    ['replacing all', roll, 'session-sticky', 1],
    ['a crash where no session lives', kill, 'account-0', 0],
  ])('tells of your own session: %s', (_, action, struck, own) => {
    const yours = seen(bank, 'session-sticky-1', 'session-handoff-0', 'account-0');
    expect(action(struck, yours).own).toBe(own);
  });

  it('tells of your own session when its pod is scaled away', () => {
    expect(scale('session-sticky', 1, seen(bank, 'session-sticky-1')).own).toBe(1);
    expect(scale('session-sticky', 1, seen(bank, 'session-sticky-0')).own).toBe(0);
  });
});

describe('what was lost', () => {
  it('is said with its cause', () => {
    const done = {
      did: 'session-sticky-0 was killed',
      tookMs: 1,
      watchedMs: 4_100,
      lost: { sticky: { 'owner-died': 2 } },
      failed: { sticky: 1 },
    };
    expect(outcomeOf(done)).toBe(
      'session-sticky-0 was killed. Lost within 4 s: 2 sessions in sticky (its pod died). 1 request failed in sticky.',
    );
  });

  it('is said of all the time that it took', () => {
    const done = { did: 'It was scaled.', tookMs: 21_000, watchedMs: 4_000, lost: {}, failed: {} };
    expect(outcomeOf(done)).toBe('It was scaled. No customer lost a session within 25 s.');
  });

  it('is said when it is nothing', () => {
    expect(
      outcomeOf({ did: 'account-1 was killed.', tookMs: 1, watchedMs: 4_100, lost: {}, failed: { sticky: 0 } }),
    ).toBe('account-1 was killed. No customer lost a session within 4 s.');
  });

  it('is said of your own session, which no customer tells of', () => {
    const done = { did: 'session-sticky-0 was killed.', tookMs: 1, watchedMs: 3_000, lost: {}, failed: {} };
    expect(outcomeOf(done, kill('session-sticky-0', seen(bank, 'session-sticky-0')).own)).toBe(
      'session-sticky-0 was killed. No customer lost a session within 3 s. Yours was in it: go on, and see.',
    );
  });
});
