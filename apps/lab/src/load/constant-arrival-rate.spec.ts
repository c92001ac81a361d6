import { describe, expect, it } from '@jest/globals';
import { poissonArrivals } from './constant-arrival-rate.js';
import { seeded } from './random.js';

const first = (count: number, seed: number, perSecond = 10): number[] => {
  const arrivals = poissonArrivals(perSecond, seeded(seed));
  return Array.from({ length: count }, () => arrivals.next().value);
};

describe('poissonArrivals', () => {
  it('gives the same schedule for the same seed and another for another', () => {
    expect(first(100, 7)).toEqual(first(100, 7));
    expect(first(100, 7)).not.toEqual(first(100, 8));
  });

  it('keeps the rate that was asked for', () => {
    const last = first(20_000, 1).at(-1) ?? 0;
    expect(20_000 / (last / 1_000)).toBeGreaterThan(9.7);
    expect(20_000 / (last / 1_000)).toBeLessThan(10.3);
  });

  it('spreads gaps as a Poisson process does: their deviation equals their mean', () => {
    const times = first(20_000, 3);
    const gaps = times.map((at, index) => at - (times[index - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(deviation / mean).toBeGreaterThan(0.95);
    expect(deviation / mean).toBeLessThan(1.05);
  });

  it('gives each stream of one seed numbers of its own', () => {
    expect(seeded(1, 0)()).not.toBe(seeded(1, 1)());
  });
});
