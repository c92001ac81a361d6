import { describe, expect, it } from '@jest/globals';
import { cpuBetween } from './cpu.js';

describe('cpuBetween', () => {
  const one = { atMs: 1_000, seconds: new Map([['a', 5]]) };
  const other = { atMs: 3_000, seconds: new Map([['a', 6], ['b', 0.2]]) }; // prettier-ignore

  it('gives percent of a core of the average and of the busiest pod', () => {
    expect(cpuBetween(one, other, ['a', 'b'])).toEqual({ average: 30, busiest: 50 });
  });

  it('leaves out a pod that has gone, and is null when none is left', () => {
    expect(cpuBetween(one, other, ['a', 'gone'])).toEqual({ average: 50, busiest: 50 });
    expect(cpuBetween(one, other, ['gone'])).toBeNull();
  });
});
