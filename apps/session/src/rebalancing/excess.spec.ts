import { expect, it } from '@jest/globals';
import { Excess } from './excess.js';

it('is what a pod holds above the average, once that is more than is tolerated', () => {
  const excess = new Excess(0.1);
  expect(excess.of(110, [110, 100, 90])).toBe(0);
  expect(excess.of(200, [200, 0])).toBe(100);
});

it('ends at the average, and begins anew only above what is tolerated', () => {
  const excess = new Excess(0.1);
  expect(excess.of(200, [200, 0])).toBe(100);
  expect(excess.of(105, [105, 95])).toBe(5);
  expect(excess.of(100, [100, 100])).toBe(0);
  expect(excess.of(105, [105, 95])).toBe(0);
});

it('is none of a pod alone, nor where a few sessions are a large share', () => {
  expect(new Excess(0.1).of(500, [500])).toBe(0);
  expect(new Excess(0.1).of(2, [2, 1])).toBe(0);
});
