import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { describe, expect, it } from '@jest/globals';
import { StoreClock } from './store-clock.js';

const hour = 3_600_000;

/** A store whose clock is ahead of ours by so many milliseconds. */
function store(aheadMs: number) {
  const asked = { times: 0 };
  const redis = Object.assign(new EventEmitter(), {
    time: () => {
      asked.times += 1;
      const at = performance.now() + aheadMs;
      return Promise.resolve([String(Math.floor(at / 1_000)), String(Math.floor((at % 1_000) * 1_000))]);
    },
  });
  return { asked, redis, clock: new StoreClock(redis as unknown as Redis) };
}

describe("the store's clock", () => {
  it('is asked for once for each connection, and never ahead of it', async () => {
    const { asked, redis, clock } = store(hour);
    for (let i = 0; i < 3; i += 1) {
      const now = await clock.now();
      expect(now).toBeLessThanOrEqual(performance.now() + hour);
      expect(now).toBeGreaterThan(performance.now() + hour - 50);
    }
    expect(asked.times).toBe(1);
    redis.emit('close');
    await clock.now();
    expect(asked.times).toBe(2);
  });

  it('goes by what was seen soonest, and follows a store whose clock was set back', async () => {
    const { clock } = store(hour);
    await clock.now();
    clock.see(performance.now() + hour - 500);
    expect(await clock.now()).toBeGreaterThan(performance.now() + hour - 50);
    clock.see(performance.now() + 2 * hour);
    expect(await clock.now()).toBeGreaterThan(performance.now() + 2 * hour - 50);
    for (let i = 0; i < 200; i += 1) clock.see(performance.now() + hour);
    expect(await clock.now()).toBeLessThan(performance.now() + hour + 100);
  });
});
