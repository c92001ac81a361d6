import { describe, expect, it } from '@jest/globals';
import { kill, pauseStore, roll, scale, stop, type BankView } from '../page/actions.js';
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

  const customers = (...ids: number[]) => ({
    customers: ids.map((id) => ({ id, mode: 'sticky', pod: 'session-sticky-0' })),
  });
  const of = (sessions: number | null, crowd: object, ...yours: string[]) => {
    const {
      atRisk,
      customers: theirs,
      own,
    } = kill('session-sticky-0', seen({ workloads: [workload('session-sticky', sessions)], crowd }, ...yours));
    return { atRisk, customers: theirs, own };
  };

  it('counts customers where a pod has not told its sessions', () => {
    expect(of(null, customers(1))).toEqual({ atRisk: 1, customers: 1, own: 0 });
  });

  it('counts customers as they are counted when they find out, and not what a pod told a second ago', () => {
    expect(of(1, customers(1, 2))).toEqual({ atRisk: 2, customers: 2, own: 0 });
    expect(of(5, customers(1, 2))).toEqual({ atRisk: 2, customers: 2, own: 0 });
    expect(of(5, customers(1, 2), 'session-sticky-0')).toEqual({ atRisk: 3, customers: 2, own: 1 });
  });

  it('counts what a pod holds where it is none of our customers', () => {
    expect(of(5, customers())).toEqual({ atRisk: 5, customers: 0, own: 0 });
    expect(of(5, customers(), 'session-sticky-0')).toEqual({ atRisk: 5, customers: 0, own: 1 });
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
