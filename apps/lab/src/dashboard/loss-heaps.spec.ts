import { expect, it } from '@jest/globals';
import { LossHeaps } from '../page/loss-heaps.js';
import type { LossSnapshot } from '../protocol/snapshots.js';

const loss = (parts: Partial<LossSnapshot> = {}): LossSnapshot => ({
  id: 1,
  at: 1,
  mode: 'sticky',
  customer: 1,
  pod: 'session-sticky-0',
  bootId: 'b1',
  cause: 'owner-died',
  unfinished: null,
  ...parts,
});
const numbers = (heaps: LossHeaps, ...losses: LossSnapshot[]) =>
  heaps.add(losses).map(({ fresh, total }) => [fresh, total]);

it('one kill is one number, however many messages tell of it', () => {
  const heaps = new LossHeaps();
  expect(numbers(heaps, loss(), loss())).toEqual([[2, 2]]);
  expect(numbers(heaps)).toEqual([]);
  expect(numbers(heaps, loss())).toEqual([[1, 3]]);
});

it('the next life of the pod, another pod and another cause are numbers of their own', () => {
  const heaps = new LossHeaps();
  expect(
    numbers(heaps, loss(), loss({ bootId: 'b2' }), loss({ pod: 'session-sticky-1' }), loss({ cause: 'expired' })),
  ).toEqual([[1, 1], [1, 1], [1, 1], [1, 1]]); // prettier-ignore
});
