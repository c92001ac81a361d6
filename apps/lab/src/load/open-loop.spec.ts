import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { openLoop } from './open-loop.js';

describe('openLoop', () => {
  it('starts each arrival at its time although none before was answered', async () => {
    const startedAt = performance.now();
    const starts: number[] = [];
    const { all: started } = await openLoop({
      arrivals: [20, 40, 60, 500][Symbol.iterator](),
      durationMs: 200,
      iterate: async () => {
        starts.push(performance.now() - startedAt);
        await sleep(100);
      },
    }).run();
    expect(started).toBe(3);
    expect(starts[2]).toBeLessThan(100);
  });

  it('hands over the intended start, also when the generator is late', async () => {
    const intended: number[] = [];
    const {
      late,
      maxLateMs,
      keptUp: inTime,
    } = await openLoop({
      arrivals: [0, 10][Symbol.iterator](),
      durationMs: 100,
      iterate: async (intendedAt) => {
        intended.push(intendedAt);
        const until = performance.now() + 90;
        while (performance.now() < until);
      },
    }).run();
    expect(intended[1]! - intended[0]!).toBeLessThan(15);
    expect(late).toBe(1);
    expect(maxLateMs).toBeGreaterThan(50);
    expect(inTime).toBe(false);
  });

  it('lets answers in between starts that are all late, and stops by them', async () => {
    const stopping = new AbortController();
    const { all: started } = await openLoop({
      arrivals: Array.from({ length: 100 }, (_, index) => index)[Symbol.iterator](),
      durationMs: 100,
      iterate: async () => {
        const until = performance.now() + 5;
        while (performance.now() < until);
        await sleep(1);
        stopping.abort();
      },
    }).run(stopping.signal);
    expect(started).toBeLessThan(10);
  });

  it('stops at once when told to, and waits for what runs', async () => {
    const stopping = new AbortController();
    let ended = 0;
    const loop = openLoop({
      arrivals: [0, 60_000][Symbol.iterator](),
      durationMs: 120_000,
      iterate: async () => {
        await sleep(50);
        ended++;
      },
    }).run(stopping.signal);
    setTimeout(() => stopping.abort(), 20);
    expect((await loop).all).toBe(1);
    expect(ended).toBe(1);
  });
});
