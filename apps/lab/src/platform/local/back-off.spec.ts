import { expect, it } from '@jest/globals';
import { BackOff } from './back-off.js';

const seconds = (backOff: BackOff, ranForMs = 0) => backOff.next(ranForMs) / 1000;

it('waits as a kubelet does: not at all, then 10 s and twice as long each time, at most five minutes', () => {
  const backOff = new BackOff();
  expect(Array.from({ length: 9 }, () => seconds(backOff))).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300]);
});

it('forgets the past after ten good minutes', () => {
  const backOff = new BackOff();
  seconds(backOff);
  expect([seconds(backOff, 599_999), seconds(backOff, 600_000), seconds(backOff)]).toEqual([10, 0, 10]);
});
