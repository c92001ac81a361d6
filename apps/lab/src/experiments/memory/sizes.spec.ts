import { describe, expect, it } from '@jest/globals';
import { sizesUpTo } from './sizes.js';

describe('sizesUpTo', () => {
  it('goes up in steps that are even on a logarithmic scale', () => {
    expect(sizesUpTo(10_000)).toEqual([0, 1_000, 2_000, 5_000, 10_000]);
    expect(sizesUpTo(3_000)).toEqual([0, 1_000, 2_000]);
    expect(sizesUpTo(100_000).at(-1)).toBe(100_000);
  });
});
