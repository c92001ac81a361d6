import { describe, expect, it } from '@jest/globals';
import { newestOf, shareInWords, smoothed, type Sample } from '../page/history.js';

const sample = (second: number, loads: Record<string, number | null>): Sample => ({
  at: second * 1_000,
  ready: Object.keys(loads).length,
  desired: null,
  perSecond: new Map(Object.entries(loads)),
});

describe('the last minutes, as the page was told them', () => {
  it('knows the pod that came last, once one has come', () => {
    expect(newestOf([])).toBeUndefined();
    expect(newestOf([sample(1, { a: 1, b: 1 })])).toBeUndefined();
    expect(newestOf([sample(1, { a: 1 }), sample(2, { a: 1, b: 0 }), sample(3, { a: 1 })])).toBe('b');
  });

  it('takes the mean of the last seconds, and none from before a pod was there', () => {
    const samples = [sample(0, { a: 90 }), sample(6, { a: 4, b: null }), sample(7, { a: 8, b: 6 })];
    expect(smoothed(samples, 'a')).toEqual([90, 4, 6]);
    expect(smoothed(samples, 'b')).toEqual([null, null, 6]);
  });

  it('says how cold the new pod is', () => {
    const samples = [sample(1, { a: 10 }), sample(2, { a: 9, b: 1 })];
    expect(shareInWords(samples)).toBe(
      'b, which came last, takes 10 % of the requests; an even share is 50 % (last 5 s).',
    );
  });

  it('says how even the load is where no pod is new', () => {
    expect(shareInWords([sample(1, { a: 3, b: 1 })])).toBe(
      'A pod takes from 25 % to 75 % of the requests; an even share is 50 % (last 5 s).',
    );
    expect(shareInWords([sample(1, { a: 3 })])).toBe('');
    expect(shareInWords([sample(1, { a: 0, b: 0 })])).toBe('');
  });
});
