import { describe, expect, it } from '@jest/globals';
import type { WorkloadState } from '../bank/bank-reader.js';
import { decisionsIn, renderBank, renderBankLines } from './bank-view.js';

const autoscaling = { min: 2, max: 10, current: 2, desired: 4, cpu: 85.4, target: 50, unit: 'm', others: [] } as const;
const reported = {
  bootId: null,
  cpu: 123.4,
  memoryBytes: 98_765_432,
  sessions: 100_000,
  perSecond: 1_234.5,
  failed: 12,
};
const unreported = { bootId: null, cpu: null, memoryBytes: null, sessions: null, perSecond: null, failed: null };
const bank: WorkloadState[] = [
  {
    workload: 'session-unpinned',
    autoscaling,
    pods: [
      { name: 'a-release-with-a-long-name-session-unpinned-0', phase: 'terminating', ...reported },
      { name: 'tellers-session-unpinned-1', phase: 'starting', ...unreported },
    ],
  },
  { workload: 'account', autoscaling: null, pods: [{ name: 'account-1', phase: 'ready', ...reported }] },
];

describe('renderBank', () => {
  it('fits 80 columns', () => {
    expect(renderBank(bank).filter((line) => line.length > 79)).toEqual([]);
  });

  it('shows what each autoscaler reads and wants, and each pod', () => {
    const text = renderBank(bank).join('\n');
    expect(text).toContain('session-unpinned: 0 of 2 ready; HPA 2 -> 4 (2 to 10), CPU 85m of 50m');
    expect(text).toMatch(/session-unpinned-0 +draining +123m +99 MB +100000 +1235 +12/);
    expect(text).toMatch(/tellers-session-unpinned-1 +starting( +-){5}$/m);
    expect(text).toMatch(/^account: 1 of 1 ready$/m);
  });

  it('says where the sessions are that no pod holds', () => {
    const shared = [{ ...bank[1]!, workload: 'session-shared' }];
    expect(renderBank(shared).join('\n')).toMatch(/account-1 +ready +123m +99 MB +in Redis +1235 +12$/m);
    expect(renderBankLines(shared)).toEqual(['session-shared: 1 of 1 ready; 1235 req/s, 12 5xx, sessions in Redis']);
  });

  it('says so when the autoscaler reads nothing', () => {
    const blind = [{ ...bank[0]!, autoscaling: { ...autoscaling, cpu: null } }];
    expect(renderBank(blind).join('\n')).toContain('CPU unknown of 50m');
  });
});

describe('renderBankLines', () => {
  it('sums up each workload where nothing can be redrawn', () => {
    expect(renderBankLines(bank)).toEqual([
      'session-unpinned: 0 of 2 ready; HPA 2 -> 4 (2 to 10), CPU 85m of 50m; 1235 req/s, 12 5xx, 100000 sessions',
      'account: 1 of 1 ready; 1235 req/s, 12 5xx',
    ]);
  });

  it('shows no zero for what no pod has told', () => {
    const silent = { name: 'tellers-session-unpinned-0', phase: 'ready', ...unreported } as const;
    expect(renderBankLines([{ ...bank[0]!, autoscaling: null, pods: [silent] }])).toEqual([
      'session-unpinned: 1 of 1 ready; - req/s, - 5xx, - sessions',
    ]);
  });
});

describe('decisionsIn', () => {
  it('tells what an autoscaler has changed its mind to, and nothing at first or when it has not', () => {
    const before = [{ ...bank[0]!, autoscaling: { ...autoscaling, desired: 2 } }];
    expect(decisionsIn(before, bank)).toEqual([
      'session-unpinned: the HPA wants 4 pods (had 2), it read CPU 85m of 50m',
    ]);
    expect(decisionsIn([], bank)).toEqual([]);
    expect(decisionsIn(bank, bank)).toEqual([]);
  });
});
