import { describe, expect, it } from '@jest/globals';
import { rollingUpdate } from '../src/experiments/rolling-update/rolling-update.js';
import { scaleOut } from '../src/experiments/scale-out/scale-out.js';
import { isSound, type Section } from '../src/report/scorecard.js';
import { experimentsBank, seenIn } from './experiments-bank.js';

const { run, pods } = experimentsBank({
  modes: ['stateless', 'sticky'],
  workloads: { auth: 1, account: 2, 'session-sticky': 2 },
  environment: { account: { DRAIN_DEADLINE_MS: '2000' }, 'session-sticky': { DRAIN_DEADLINE_MS: '2000' } },
  customers: 32,
  seconds: 4,
  seed: 3,
});

/** Failures that a rollout would cause; a pod that was slow to answer may be a busy machine's. */
const ours = ['gateway-error', 'unexplained'];
const oursIn = ({ losses }: Section): string[] => losses.map(({ cause }) => cause).filter((one) => ours.includes(one));

describe('on the real bank', () => {
  it('scale-out: a new stateless pod carries its share at once, a sticky one does not, and all is as before', async () => {
    const section = await run(scaleOut);
    const { stateless, sticky } = seenIn(section);
    expect(section.fault).toBeUndefined();
    for (const figures of [stateless, sticky]) {
      expect(figures).toMatchObject({ podsBefore: 2, podsAfter: 4, decided: null, lost: 0 });
    }
    expect(oursIn(section)).toEqual([]);
    expect(sticky!['newShare']).toBeLessThan(stateless!['newShare']!);
    expect(sticky!['busiest']).toBeGreaterThan(120);
    expect(await pods('session-sticky')).toHaveLength(2);
    expect(isSound({ sections: [section] })).toBe(true);
  }, 180_000);

  it('rolling-update: every pod is another, and only sticky lost sessions', async () => {
    const before = (await pods()).map(({ bootId }) => bootId);
    const section = await run(rollingUpdate);
    const { stateless, sticky } = seenIn(section);
    expect(section.fault).toBeUndefined();
    expect(stateless).toMatchObject({ pods: 2, active: 16, lost: 0 });
    expect(oursIn(section)).toEqual([]);
    expect(sticky).toMatchObject({ pods: 2, active: 16, lostBefore: 0, otherCause: 0 });
    expect(sticky!['lost']).toBeGreaterThanOrEqual(16);
    expect(section.losses.filter(({ sessions }) => sessions > 0)).toEqual([
      { mode: 'sticky', cause: 'drained-without-handoff', sessions: sticky!['lost'], requests: 0 },
    ]);
    const now = (await pods()).filter(({ workload }) => workload !== 'auth').map(({ bootId }) => bootId);
    expect(now.filter((bootId) => before.includes(bootId))).toEqual([]);
    expect(isSound({ sections: [section] })).toBe(true);
  }, 180_000);
});
