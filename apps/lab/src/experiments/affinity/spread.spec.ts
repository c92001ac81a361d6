import { describe, expect, it } from '@jest/globals';
import { spreadOf } from './spread.js';

const served = (pod: string, cause?: string) => ({
  servedBy: { pod, bootId: 'b' },
  outcome: cause === undefined ? ({ kind: 'ok' } as const) : ({ kind: 'session-lost', cause } as const),
});

describe('spreadOf', () => {
  it('tells the busiest pod against the average, counting pods without a request', () => {
    expect(spreadOf([served('a'), served('a'), served('a'), served('b')], 2).busiest).toBe(150);
    expect(spreadOf([served('a'), served('a')], 3).busiest).toBe(300);
  });

  it('counts only sessions that another pod has as misrouted', () => {
    const seen = [served('a', 'session-misrouted'), served('a', 'session-expired'), served('b'), served('b')];
    expect(spreadOf(seen, 2).misrouted).toBe(25);
  });

  it('is null without requests that a pod answered', () => {
    const none = { servedBy: undefined, outcome: { kind: 'unknown', why: 'x' } as const };
    expect(spreadOf([none], 2)).toEqual({ misrouted: null, busiest: null });
  });
});
