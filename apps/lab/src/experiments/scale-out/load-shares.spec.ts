import { describe, expect, it } from '@jest/globals';
import { busiestPercent, percentOfEven, secondsToEven } from './load-shares.js';

const pod = (requests: number[], readyFrom = 0) => ({ requests, readyFrom });
const load = new Map([
  ['old-0', pod([10, 10, 10, 10, 10, 10, 10])],
  ['old-1', pod([14, 14, 14, 12, 11, 10, 10])],
  ['new-0', pod([0, 0, 2, 6, 9, 10, 10])],
]);

describe('load shares', () => {
  it('are told in percent of what each pod would have if all had the same', () => {
    expect(percentOfEven(load, 'new-0', 5, 7)).toBe(100);
    expect(percentOfEven(load, 'new-0', 0, 2)).toBe(0);
    expect(busiestPercent(load, 0, 1)).toBe(175);
  });

  it('count only pods that were ready then', () => {
    const later = new Map(load).set('new-1', pod([0, 0, 0, 0, 0, 30, 30], 5));
    expect(percentOfEven(later, 'old-0', 0, 1)).toBe(percentOfEven(load, 'old-0', 0, 1));
    expect(percentOfEven(later, 'old-0', 5, 7)).toBeCloseTo(66.7, 1);
  });

  it('are null where there was no load, or no such pod', () => {
    expect(percentOfEven(new Map([['a', pod([0])]]), 'a', 0, 1)).toBeNull();
    expect(percentOfEven(load, 'gone', 0, 1)).toBeNull();
    expect(busiestPercent(new Map(), 0, 1)).toBeNull();
  });
});

describe('secondsToEven', () => {
  it('is the first second from which a pod has three quarters of its share for three seconds', () => {
    expect(secondsToEven(load, 'new-0')).toBe(3);
    expect(secondsToEven(load, 'old-0')).toBe(0);
  });

  it('counts from when the pod was ready', () => {
    expect(secondsToEven(new Map(load).set('new-0', pod([0, 0, 2, 6, 9, 10, 10], 2)), 'new-0')).toBe(1);
  });

  it('is null when it does not come to that', () => {
    expect(secondsToEven(new Map(load).set('new-0', pod([0, 0, 0, 0, 0, 9, 9])), 'new-0')).toBeNull();
    expect(secondsToEven(load, 'unknown')).toBeNull();
  });
});
