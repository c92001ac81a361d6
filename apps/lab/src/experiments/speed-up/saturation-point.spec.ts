import { describe, expect, it } from '@jest/globals';
import { saturationPointOf, lastBorne } from './saturation-point.js';

const steps = (...medians: number[]) =>
  medians.map((medianMs, index) => ({ perSecond: 100 * (index + 1), medianMs, machine: 50 }));

describe('saturationPointOf', () => {
  it('is where the latency comes to the bound, between two steps', () => {
    expect(saturationPointOf(steps(50, 100, 300, 900), 200)).toBe(250);
  });

  it('heeds only the last time that it comes there', () => {
    expect(saturationPointOf(steps(50, 400, 100, 300), 200)).toBe(350);
  });

  it('is the last rate when all was borne, and none when nothing was', () => {
    expect(saturationPointOf(steps(50, 60, 70), 200)).toBe(300);
    expect(saturationPointOf(steps(500, 600), 200)).toBeNull();
    expect(saturationPointOf([], 200)).toBeNull();
  });

  it('is the rate before one that was not answered in full', () => {
    expect(saturationPointOf(steps(50, 60, Infinity), 200)).toBe(200);
  });
});

describe('lastBorne', () => {
  it('is the last step within the bound, of which the saturation point is past', () => {
    expect(lastBorne(steps(50, 400, 100, 300), 200)?.perSecond).toBe(300);
    expect(lastBorne(steps(500, 600), 200)).toBeUndefined();
  });
});
