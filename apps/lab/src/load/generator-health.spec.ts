import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { GeneratorHealth, type GeneratorReading, readingOf } from './generator-health.js';
import { openLoop } from './open-loop.js';
import { Starts } from './starts.js';

const healthy = { started: 100, late: 1, keptUp: true, stalled: 0.01, busy: 0.7, cpu: 0.6 };

/** Starts every 10 ms for half a second; the sixth one keeps the process busy for as long. */
async function sendBlockedFor(ms: number, counts?: (at: number) => boolean) {
  const health = new GeneratorHealth(counts);
  const starts = await openLoop({
    arrivals: Array.from({ length: 50 }, (_, index) => 10 * index)[Symbol.iterator](),
    durationMs: 500,
    iterate: async (_, index) => {
      const until = performance.now() + (index === 5 ? ms : 0);
      while (performance.now() < until);
    },
  }).run();
  return health.end([starts]);
}

const calm = 0.3;

/** A busy machine lets this process stand still, too: the first calm one of five, else the last. */
async function calmOne(once: () => Promise<GeneratorReading>): Promise<GeneratorReading> {
  let reading = await once();
  for (let tries = 1; tries < 5 && reading.stalled >= calm; tries += 1) reading = await once();
  return reading;
}

describe('readingOf', () => {
  it('finds nothing wrong with a generator in good health', () => {
    expect(readingOf(healthy)).toEqual({
      started: 100,
      late: 1,
      stalled: 0.01,
      busy: 0.7,
      cpu: 0.6,
      behind: undefined,
    });
  });

  it('finds nothing late where nothing had a time to start at', () => {
    expect(readingOf({ ...healthy, started: 0, busy: 1 }).behind).toBeUndefined();
  });

  it.each([
    ['3 of 100 starts were late', { late: 3, keptUp: false }],
    ['its event loop stood still for 4 % of the time', { stalled: 0.04 }],
    ['it was busy for 99 % of it, with 60 % of a core', { busy: 0.99 }],
  ])('says that %s', (why, change) => {
    expect(readingOf({ ...healthy, ...change }).behind).toBe(why);
  });
});

describe('GeneratorHealth', () => {
  it('sees that the generator was blocked, and for how much of the time', async () => {
    const { behind, late, stalled } = await sendBlockedFor(300);
    expect(late).toBeGreaterThan(15);
    expect(behind).toMatch(/of 50 starts were late, its event loop stood still for \d+ % of the time/);
    expect(stalled).toBeGreaterThan(0.4);
  });

  it('sees that it was not', async () => {
    const { started, stalled } = await calmOne(() => sendBlockedFor(0));
    expect(started).toBe(50);
    expect(stalled).toBeLessThan(calm);
  });

  it('leaves out what only warms up', async () => {
    const afterTheBlock = () => {
      const startedAt = performance.now();
      return sendBlockedFor(300, (at) => at > startedAt + 450);
    };
    expect((await calmOne(afterTheBlock)).stalled).toBeLessThan(calm);
  });

  it('sees how busy the lab was', async () => {
    const starts = new Starts();
    starts.add(0);
    const resting = new GeneratorHealth();
    await sleep(200);
    const { busy, cpu } = resting.end([starts]);
    const working = new GeneratorHealth();
    const until = performance.now() + 200;
    while (performance.now() < until);
    const reading = working.end([starts]);
    expect(busy).toBeLessThan(0.5);
    expect(reading.busy).toBeGreaterThan(0.95);
    expect(reading.behind).toMatch(/it was busy for \d+ % of it, with \d+ % of a core$/);
    expect(reading.cpu).toBeGreaterThan(cpu);
  });
});
