import { describe, expect, it } from '@jest/globals';
import { seeded } from '../load/random.js';
import { combine, combineOne, percentileInterval, resamples } from './estimate.js';

describe('resamples', () => {
  it('draw as many as there were, with replacement, the same for the same seed', () => {
    const drawn = resamples([1, 2, 3, 4, 5], 1_000, seeded(1));
    expect(drawn).toHaveLength(1_000);
    expect(drawn.every((one) => one.length === 5)).toBe(true);
    expect(drawn).toEqual(resamples([1, 2, 3, 4, 5], 1_000, seeded(1)));
    expect(drawn).not.toEqual(resamples([1, 2, 3, 4, 5], 1_000, seeded(2)));
    // Of five with replacement a given one is missing in (4/5)^5 = 33 %.
    const without = drawn.filter((one) => !one.includes(3)).length;
    expect(without).toBeGreaterThan(270);
    expect(without).toBeLessThan(390);
  });

  it('give an interval of the mean as wide as theory has it', () => {
    const random = seeded(4);
    const values = Array.from({ length: 50 }, () => random());
    const mean = (some: readonly number[]): number => some.reduce((sum, one) => sum + one, 0) / some.length;
    const { low, high } = percentileInterval(resamples(values, 2_000, random).map(mean))!;
    const deviation = Math.sqrt(mean(values.map((one) => (one - mean(values)) ** 2)));
    expect((high - low) / ((2 * 1.96 * deviation) / Math.sqrt(50))).toBeCloseTo(1, 1);
  });
});

describe('percentileInterval', () => {
  it('leaves out as many below as above', () => {
    const values = Array.from({ length: 1_000 }, (_, index) => 1_000 - index);
    expect(percentileInterval(values)).toEqual({ low: 26, high: 975 });
    expect(percentileInterval([7])).toEqual({ low: 7, high: 7 });
    expect(percentileInterval([])).toBeUndefined();
  });
});

const events = { label: '', unit: 'count', over: 'total' } as const;
const size = { label: '', unit: 'bytes', over: 'median' } as const;
const longest = { label: '', unit: 'ms', over: 'max' } as const;
const wait = { label: '', unit: 'ms', over: 'median', absent: 'beyond' } as const;

describe('combineOne', () => {
  it('adds events up, and takes the median of everything else', () => {
    expect(combineOne(events, [1, 0, 5])).toBe(6);
    expect(combineOne(size, [9, 1, 5])).toBe(5);
    expect(combineOne(size, [9, 1, 5, 6])).toBe(5.5);
  });

  it('takes for the longest what was so in any round, for what took too long in one did not stay below it', () => {
    expect(combineOne(longest, [871, 1_004, 733])).toBe(1_004);
    expect(combineOne({ ...longest, absent: 'beyond' }, [4, null, 6])).toBeNull();
    expect(combineOne(longest, [null, null])).toBeNull();
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
