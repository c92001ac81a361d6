import { describe, expect, it } from '@jest/globals';
import { leastChance, rankTest } from './rank-test.js';

describe('rankTest', () => {
  it('gives 2 of all ways for groups that do not overlap', () => {
    expect(rankTest([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(2 / 252, 10);
    expect(rankTest([9, 9, 9, 9, 9], [1, 1, 1, 1, 1])).toBeCloseTo(2 / 252, 10);
    expect(leastChance(5, 5)).toBeCloseTo(2 / 252, 10);
  });

  it('gives what tables give', () => {
    // Mann–Whitney, n = m = 5: U = 2 has a two-sided chance of 8/252; n = 4, m = 3, U = 1: 4/35.
    expect(rankTest([1, 2, 3, 4, 7], [5, 6, 8, 9, 10])).toBeCloseTo(8 / 252, 10);
    expect(rankTest([1, 2, 3, 5], [4, 6, 7])).toBeCloseTo(4 / 35, 10);
  });

  it('is 1 where all are alike, and does not care which group comes first', () => {
    expect(rankTest([5, 5, 5], [5, 5, 5])).toBe(1);
    expect(rankTest([1, 4, 6], [2, 3])).toBeCloseTo(rankTest([2, 3], [1, 4, 6]), 10);
  });

  it('takes what never came as more than all else', () => {
    expect(rankTest([1, 2, 3, 4, 5], [9, Infinity, Infinity, 8, Infinity])).toBeCloseTo(2 / 252, 10);
  });

  it('cries wolf about as often as it says', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const draw = (): number[] => Array.from({ length: 6 }, random);
    const wolves = Array.from({ length: 3_000 }, () => rankTest(draw(), draw())).filter((chance) => chance <= 0.05);
    expect(wolves.length / 3_000).toBeGreaterThan(0.02);
    expect(wolves.length / 3_000).toBeLessThan(0.055);
  });
});
