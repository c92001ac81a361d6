import { describe, expect, it } from '@jest/globals';
import { combine, combineOne } from './combine.js';

const events = { label: '', unit: 'count', over: 'total' } as const;
const size = { label: '', unit: 'bytes', over: 'median' } as const;
const wait = { label: '', unit: 'ms', over: 'median', absent: 'beyond' } as const;

describe('combineOne', () => {
  it('adds events up, and takes the median of everything else', () => {
    expect(combineOne(events, [1, 0, 5])).toBe(6);
    expect(combineOne(size, [9, 1, 5])).toBe(5);
    expect(combineOne(size, [9, 1, 5, 6])).toBe(5.5);
  });

  it('passes over rounds without a figure, but not over most of them', () => {
    expect(combineOne(events, [null, 3, null])).toBe(3);
    expect(combineOne(events, [null, null])).toBeNull();
    expect(combineOne(size, [null, 4, 6])).toBe(5);
    expect(combineOne(size, [null, null, 6])).toBeNull();
  });

  it('passes over rounds that left a figure out, however many', () => {
    const seldom = { ...size, absent: 'unmeasured' } as const;
    expect(combineOne(seldom, [6, null, null, null])).toBe(6);
    expect(combineOne(seldom, [null, null])).toBeNull();
  });

  it('takes what a round did not wait for as longer than all that was seen', () => {
    expect(combineOne(wait, [null, 4, 6])).toBe(6);
    expect(combineOne(wait, [null, null, 6])).toBeNull();
    expect(combineOne(wait, [null, 6])).toBeNull();
  });
});

describe('combine', () => {
  it('combines each figure of each mode that was measured', () => {
    const kinds = { lost: events, bytes: size };
    const rounds = [
      { sticky: { lost: 1, bytes: 10 }, shared: { lost: 0, bytes: 20 } },
      { sticky: { lost: 2, bytes: 30 }, shared: { lost: 0, bytes: 22 } },
    ];
    expect(combine(kinds, rounds)).toEqual({ sticky: { lost: 3, bytes: 20 }, shared: { lost: 0, bytes: 21 } });
  });
});
