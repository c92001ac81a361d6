import { expect, it } from '@jest/globals';
import type { Answered } from '../by-pod.js';
import { evenAfter, hottestOverTime } from './hottest.js';

const seconds = (count: number, loads: (second: number) => Readonly<Record<string, number>>): Answered[] =>
  Array.from({ length: count }, (_, second) =>
    Object.entries(loads(second)).flatMap(([pod, requests]) =>
      Array.from({ length: requests }, () => ({ pod, endedAt: 1_000 * second + 500, latencyMs: 1 })),
    ),
  ).flat();

it('tells in each window what the hottest pod had of the average, pods that had nothing included', () => {
  const answered = seconds(12, () => ({ old: 10 }));
  expect(hottestOverTime(answered, ['old', 'new'], 0, 12_000)).toEqual([
    [10_000, 200],
    [11_000, 200],
    [12_000, 200],
  ]);
});

it('tells when the load became even, and stayed so', () => {
  const answered = seconds(60, (second) => (second < 15 ? { old: 20 } : { old: 10, new: 10 }));
  const windows = hottestOverTime(answered, ['old', 'new'], 0, 60_000);
  expect(evenAfter(windows, 120)).toBe(23_000);
});

it('tells that the load was even at once, or never', () => {
  const even = hottestOverTime(seconds(30, () => ({ one: 10, other: 11 })), ['one', 'other'], 0, 30_000); // prettier-ignore
  expect(evenAfter(even, 120)).toBe(0);
  const never = hottestOverTime(seconds(30, () => ({ one: 20, other: 1 })), ['one', 'other'], 0, 30_000); // prettier-ignore
  expect(evenAfter(never, 120)).toBeNull();
});

it('does not call a load even that soon is not', () => {
  const answered = seconds(60, (second) => (second >= 20 && second < 34 ? { one: 10, other: 10 } : { one: 20 }));
  expect(evenAfter(hottestOverTime(answered, ['one', 'other'], 0, 60_000), 120)).toBeNull();
});
