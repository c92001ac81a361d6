import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustomerPool } from '../src/customers/pool.js';
import type { Experiment, FiguresByMode } from '../src/experiments/experiment.js';
import { rollingUpdate } from '../src/experiments/rolling-update/rolling-update.js';
import { runExperiment } from '../src/experiments/run-experiment.js';
import { scaleOut } from '../src/experiments/scale-out/scale-out.js';
import type { ModeName } from '../src/modes.js';
import { startLocalPlatform } from '../src/platform/local/start-local-platform.js';
import type { Platform } from '../src/platform/platform.js';
import { isSound, type Section } from '../src/report/scorecard.js';

const modes: ModeName[] = ['stateless', 'sticky'];
let platform: Platform;
let pool: CustomerPool;

beforeAll(async () => {
  platform = await startLocalPlatform({
    port: 0,
    workloads: { auth: 1, account: 2, 'session-sticky': 2 },
    environment: { account: { DRAIN_DEADLINE_MS: '2000' }, 'session-sticky': { DRAIN_DEADLINE_MS: '2000' } },
  });
  pool = new CustomerPool(platform.baseUrl);
  await pool.grow(16);
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
    seconds: 4,
    seed: 3,
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
  it('scale-out: a new stateless pod carries its share at once, a sticky one does not, and all is as before', async () => {
    const section = await run(scaleOut);
    const { stateless, sticky } = seenIn(section);
    expect(section.fault).toBeUndefined();
    for (const figures of [stateless, sticky]) {
      expect(figures).toMatchObject({ podsBefore: 2, podsAfter: 4, decided: null, lost: 0, failed: 0 });
    }
    expect(stateless!['even']).toBeLessThan(5_000);
    expect(sticky!['newShare']).toBeLessThan(stateless!['newShare']!);
    expect(sticky!['busiest']).toBeGreaterThan(120);
    expect(await platform.pods('session-sticky')).toHaveLength(2);
    expect(isSound({ sections: [section] })).toBe(true);
  }, 180_000);

  it('rolling-update: every pod is another, and only sticky lost sessions', async () => {
    const before = (await platform.pods()).map(({ bootId }) => bootId);
    const section = await run(rollingUpdate);
    const { stateless, sticky } = seenIn(section);
    expect(section.fault).toBeUndefined();
    expect(stateless).toMatchObject({ pods: 2, inside: 16, lost: 0, failed: 0 });
    expect(sticky).toMatchObject({ pods: 2, inside: 16, lostBefore: 0, otherCause: 0 });
    expect(sticky!['lost']).toBeGreaterThanOrEqual(16);
    expect(section.losses).toEqual([
      { mode: 'sticky', cause: 'drained-without-handoff', sessions: sticky!['lost'], requests: 0 },
    ]);
    const now = (await platform.pods()).filter(({ workload }) => workload !== 'auth').map(({ bootId }) => bootId);
    expect(now.filter((bootId) => before.includes(bootId))).toEqual([]);
    expect(isSound({ sections: [section] })).toBe(true);
  }, 180_000);
});
