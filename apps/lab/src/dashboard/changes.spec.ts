import { describe, expect, it } from '@jest/globals';
import { changeBetween, changed, happeningsKept } from './web/changes.js';
import type { BankNow, WorkloadNow } from './web/messages.js';

const workload = (name: string, cpu: number | null = null): WorkloadNow => ({
  workload: name,
  autoscaling: null,
  pods: [{ name: `${name}-0`, phase: 'ready', cpu, memoryBytes: 1, sessions: 0, perSecond: 0, failed: 0 }],
});
const bank = (parts: Partial<BankNow>): BankNow => ({
  bank: 'b',
  at: 1,
  readAt: null,
  fault: null,
  workloads: [],
  happenings: [],
  ...parts,
});
const happening = (id: number) => ({ id, at: id, sentence: `no. ${id}` });

describe('a change', () => {
  const before = bank({ workloads: [workload('auth'), workload('account', 5)], happenings: [1, 2].map(happening) });

  it('tells of what is another now, and of nothing else', () => {
    const now = { ...before, at: 2, workloads: [workload('auth'), workload('account', 6)], fault: 'slow' };
    expect(changeBetween(before, now)).toEqual({
      at: 2,
      readAt: null,
      fault: 'slow',
      workloads: [workload('account', 6)],
      without: [],
      happenings: [],
    });
  });

  it.each([
    ['nothing new', before],
    ['a workload more', { ...before, workloads: [...before.workloads, workload('session-shared')] }],
    ['nothing to show any more', { ...before, workloads: [] }],
    ['news', { ...before, happenings: [2, 3, 4].map(happening) }],
    ['a reading', { ...before, readAt: 7, at: 9 }],
  ])('leads from how things were to how they are: %s', (_what, now) => {
    const after = changed(before, changeBetween(before, now));
    expect({ ...after, happenings: after.happenings.slice(-now.happenings.length) }).toEqual(now);
  });

  it('lets no page keep more happenings than the lab does', () => {
    const news = Array.from({ length: happeningsKept }, (_, index) => happening(index + 3));
    const after = changed(before, changeBetween(before, { ...before, happenings: news }));
    expect(after.happenings).toEqual(news);
  });
});
