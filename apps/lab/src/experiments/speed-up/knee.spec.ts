import { describe, expect, it } from '@jest/globals';
import { kneeOf, p90 } from './knee.js';

const steps = (...p90s: number[]) => p90s.map((p90Ms, index) => ({ perSecond: 100 * (index + 1), p90Ms }));

describe('kneeOf', () => {
  it('is where the latency comes to the bound, between two steps', () => {
    expect(kneeOf(steps(50, 100, 300, 900), 200)).toBe(250);
  });

  it('heeds only the last time that it comes there', () => {
    expect(kneeOf(steps(50, 400, 100, 300), 200)).toBe(350);
  });

  it('is the last rate when all was borne, and none when nothing was', () => {
    expect(kneeOf(steps(50, 60, 70), 200)).toBe(300);
    expect(kneeOf(steps(500, 600), 200)).toBeNull();
    expect(kneeOf([], 200)).toBeNull();
  });

  it('is the rate before one that was not answered in full', () => {
    expect(kneeOf(steps(50, 60, Infinity), 200)).toBe(200);
  });
});

describe('p90', () => {
  it('is the value that nine of ten lie at or below', () => {
    expect(p90([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe(9);
    expect(p90([])).toBe(Infinity);
  });
});
