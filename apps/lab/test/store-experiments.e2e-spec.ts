import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustomerPool } from '../src/customers/pool.js';
import type { Experiment, FiguresByMode } from '../src/experiments/experiment.js';
import { runExperiment } from '../src/experiments/run-experiment.js';
import { schemaChange } from '../src/experiments/schema-change/schema-change.js';
import { storeDown } from '../src/experiments/store-down/store-down.js';
import type { ModeName } from '../src/modes.js';
import { startLocalPlatform } from '../src/platform/local/start-local-platform.js';
import type { Platform } from '../src/platform/platform.js';
import { isSound, type Section } from '../src/report/scorecard.js';

const modes: ModeName[] = ['stateless', 'sticky', 'handoff', 'shared'];
let platform: Platform;
let pool: CustomerPool;

beforeAll(async () => {
  // A Redis of our own, which may be restarted and filled.
  delete process.env['REDIS_URL'];
  platform = await startLocalPlatform({
    port: 0,
    workloads: { auth: 1, account: 2, 'session-sticky': 2, 'session-handoff': 2, 'session-shared': 2 },
    environment: { 'session-handoff': { DRAIN_DEADLINE_MS: '5000' } },
  });
  pool = new CustomerPool(platform.baseUrl);
  await pool.grow(24);
}, 120_000);

afterAll(async () => {
  await pool?.close();
  await platform?.close();
}, 60_000);

const run = (experiment: Experiment): Promise<Section> =>
  runExperiment(experiment, {
    platform,
    pool,
    modes,
    seconds: 2,
    seed: 2,
    rounds: 1,
    sessions: 2_000,
    quick: true,
    progress: () => undefined,
  });

/** The figures' values by mode. */
const seenIn = ({ figures }: Section): FiguresByMode =>
  Object.fromEntries(
    Object.entries(figures).map(([mode, estimates]) => [
      mode,
      Object.fromEntries(Object.entries(estimates).map(([key, { value }]) => [key, value])),
    ]),
  );

describe('on the real bank', () => {
  it('store-down: everyone is answered in time, and looks in memory go on', async () => {
    const section = await run(storeDown);
    const { stateless, sticky, handoff, shared } = seenIn(section);
    expect(section.fault).toBeUndefined();
    expect(section.notes).toEqual([]);
    for (const figures of [stateless, sticky, handoff, shared]) {
      expect(figures).toMatchObject({ lost: 0, misrouted: 0 });
      expect(figures!['pauseLongest']).toBeGreaterThan(500);
      expect(figures!['restartTook']).toBeGreaterThan(0);
      expect(figures!['fillAfter']).not.toBeNull();
    }
    expect(stateless!['pauseLooks']).toBeGreaterThan(sticky!['pauseLooks']!);
    expect(shared!['fillLooks']).toBeGreaterThan(50);
    expect(section.claims).toHaveLength(2);
    expect(isSound({ sections: [section] })).toBe(true);
  }, 60_000);

  it('schema-change: sessions go from old pods to new ones and back, and nothing is forgotten', async () => {
    const section = await run(schemaChange);
    expect(section.fault).toBeUndefined();
    for (const figures of Object.values(seenIn(section))) {
      expect(figures).toMatchObject({ sessions: 7, misread: 0, lost: 0, confirmed: 7 });
      expect(figures['toNew']).toBeGreaterThan(0);
      expect(figures['toOld']).toBeGreaterThan(0);
    }
    expect(section.claims.map(({ verdict }) => verdict.ruling)).toEqual(['holds']);
    expect(isSound({ sections: [section] })).toBe(true);
  }, 120_000);
});
