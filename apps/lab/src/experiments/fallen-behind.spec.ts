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
      'The lab itself fell behind, and latencies are void in stateless (rounds 1, 3 of 3: most of them, so that the ' +
        'figure is void), shared (round 1 of 3). The first time, 3 of 9 starts were late.',
    ]);
    expect(behind.notes(1)[0]).toContain('void in stateless, shared. The');
  });
});
