import { describe, expect, it } from '@jest/globals';
import { fullSize, quickSize, sizeOf } from './run-options.js';

describe('sizeOf', () => {
  it('is the full one if nothing is said, and the smallest with --quick', () => {
    expect(sizeOf({})).toEqual({ ...fullSize, quick: false });
    expect(sizeOf({ quick: true })).toEqual({ ...quickSize, quick: true });
  });

  it('lets what is said go before both', () => {
    expect(sizeOf({ rounds: 7 })).toEqual({ ...fullSize, rounds: 7, quick: false });
    expect(sizeOf({ quick: true, customers: 100 })).toEqual({ ...quickSize, customers: 100, quick: true });
  });
});
