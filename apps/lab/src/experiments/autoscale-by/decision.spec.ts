import { expect, it } from '@jest/globals';
import { wantedPods } from './decision.js';

it('wants as many pods as bring the average to its target, rounded up', () => {
  expect(wantedPods(2, [{ average: 450, target: 300 }], 6)).toBe(3);
  expect(wantedPods(2, [{ average: 451, target: 300 }], 6)).toBe(4);
});

it('goes by the metric that asks for most', () => {
  const cpu = { average: 10, target: 50 };
  expect(wantedPods(2, [cpu, { average: 600, target: 300 }], 6)).toBe(4);
  expect(wantedPods(2, [cpu], 6)).toBe(2);
});

it('leaves alone what is a tenth away, takes no pod away, and keeps to its bound', () => {
  expect(wantedPods(4, [{ average: 329, target: 300 }], 6)).toBe(4);
  expect(wantedPods(4, [{ average: 30, target: 300 }], 6)).toBe(4);
  expect(wantedPods(4, [{ average: 3_000, target: 300 }], 6)).toBe(6);
});
