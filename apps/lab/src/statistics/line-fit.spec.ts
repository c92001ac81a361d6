import { describe, expect, it } from '@jest/globals';
import { fitLine } from './line-fit.js';

describe('fitLine', () => {
  it('finds the line that points lie on, and is sure of it', () => {
    expect(
      fitLine([
        [0, 100],
        [10, 120],
        [30, 160],
      ]),
    ).toEqual({ slope: 2, intercept: 100, slopeError: 0 });
  });

  it('tells how unsure the slope is where they do not', () => {
    // By hand: slope 0.5, residuals -0.5, 1, -0.5, so sqrt(1.5 / 1 / 2).
    const fit = fitLine([
      [0, 0],
      [1, 2],
      [2, 1],
    ]);
    expect(fit).toEqual({ slope: 0.5, intercept: 0.5, slopeError: Math.sqrt(0.75) });
  });

  it('knows no error of two points, and no line through one place', () => {
    expect(
      fitLine([
        [0, 1],
        [2, 5],
      ]),
    ).toEqual({ slope: 2, intercept: 1, slopeError: null });
    expect(
      fitLine([
        [3, 1],
        [3, 5],
      ]),
    ).toBeUndefined();
    expect(fitLine([])).toBeUndefined();
  });
});
