import { describe, expect, it } from '@jest/globals';
import { modeNames } from '../bank/modes.js';
import { orderOf, seedOf } from './schedule.js';

const rounds = Array.from({ length: 200 }, (_, round) => round);

describe('orderOf', () => {
  it('has each mode once in each round', () => {
    for (const round of rounds) expect(orderOf(modeNames, 1, round).toSorted()).toEqual([...modeNames].toSorted());
  });

  it('gives the same order for the same seed and round, and another for another', () => {
    const ordersBy = (seed: number) => rounds.slice(0, 5).map((round) => orderOf(modeNames, seed, round).join());
    expect(ordersBy(7)).toEqual(ordersBy(7));
    expect(ordersBy(7)).not.toEqual(ordersBy(8));
    expect(new Set(ordersBy(7)).size).toBeGreaterThan(1);
  });

  it('puts each mode first about as often as any other', () => {
    const first = rounds.map((round) => orderOf(modeNames, 3, round)[0]);
    for (const mode of modeNames) {
      const times = first.filter((one) => one === mode).length;
      expect(times).toBeGreaterThan(20);
      expect(times).toBeLessThan(60);
    }
  });
});

describe('seedOf', () => {
  it('is another one in each round, decided by the seed', () => {
    expect(new Set(rounds.map((round) => seedOf(1, round))).size).toBe(rounds.length);
    expect(seedOf(1, 3)).toBe(seedOf(1, 3));
    expect(seedOf(1, 3)).not.toBe(seedOf(2, 3));
    expect(Number.isInteger(seedOf(1, 0))).toBe(true);
  });
});
