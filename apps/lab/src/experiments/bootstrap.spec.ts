import { describe, expect, it } from '@jest/globals';
import { seeded } from '../load/random.js';
import { percentileInterval, resamples } from './bootstrap.js';

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
