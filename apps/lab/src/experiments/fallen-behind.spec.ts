import { describe, expect, it } from '@jest/globals';
import { FallenBehind, withoutLatencies } from './fallen-behind.js';

describe('withoutLatencies', () => {
  it('takes away the latencies alone', () => {
    const kinds = {
      lost: { label: '', unit: 'count', over: 'total' },
      p99: { label: '', unit: 'ms', over: 'median', latency: true },
      took: { label: '', unit: 'ms', over: 'median' },
    } as const;
    expect(withoutLatencies(kinds, { lost: 1, p99: 2, took: 3 })).toEqual({ lost: 1, p99: null, took: 3 });
  });
});

describe('FallenBehind', () => {
  it('says nothing of a lab that kept up', () => {
    expect(new FallenBehind().notes(5)).toEqual([]);
  });

  it('names modes and rounds in one sentence', () => {
    const behind = new FallenBehind();
    behind.add('shared', 0, '3 of 9 starts were late');
    for (const round of [0, 2]) behind.add('stateless', round, 'else');
    expect(behind.notes(3)).toEqual([
      'The lab itself fell behind, and latencies and what else hangs on its pace are void in stateless (1, 3 of 3 ' +
        'rounds), shared (1 of 3 rounds). ' +
        'Where it did so in most rounds, the figure is void, too. The first time, 3 of 9 starts were late.',
    ]);
    behind.add('stateless', 1, 'else');
    expect(behind.notes(3)[0]).toContain('stateless (every round)');
    expect(behind.notes(1)[0]).toContain('void in stateless, shared. The first time');
  });
});
