import { describe, expect, it } from '@jest/globals';
import { coldPod } from '../src/experiments/cold-pod/cold-pod.js';
import { affinity } from '../src/experiments/affinity/affinity.js';
import { speedUp } from '../src/experiments/speed-up/speed-up.js';
import { isSound } from '../src/report/scorecard.js';
import { experimentsBank, seenIn } from './experiments-bank.js';

const { run } = experimentsBank({
  modes: ['stateless', 'sticky'],
  workloads: { auth: 1, account: 2, 'session-sticky': 2 },
  environment: { 'session-sticky': { DRAIN_DEADLINE_MS: '2000' } },
  customers: 24,
  seconds: 2,
  seed: 2,
});

describe('on the real bank', () => {
  it('affinity: a cookie spreads and leads back, one address for all fills a pod', async () => {
    const section = await run(affinity);
    const { stateless, sticky } = seenIn(section);
    expect(section.fault).toBeUndefined();
    expect(stateless).toMatchObject({ noneMisrouted: 0, oneMisrouted: 0, lost: 0 });
    expect(sticky).toMatchObject({ cookieMisrouted: 0, manyMisrouted: 0, oneMisrouted: 0, oneBusiest: 200 });
    expect(sticky!['noneMisrouted']).toBeGreaterThan(10);
    expect(section.claims.map(({ verdict }) => verdict.ruling)).toEqual(['holds']);
    expect(isSound({ sections: [section] })).toBe(true);
  });

  it('speed-up: what two pods bear is held against one, and the verdict says what was measured', async () => {
    const section = await run(speedUp);
    const { stateless } = seenIn(section);
    expect(section.fault).toBeUndefined();
    // Past the saturation point a pod may refuse: it is held still for longer than it waits for the store.
    expect(stateless!['lost']).toBe(0);
    expect(stateless!['machine']).toBeGreaterThan(0);
    // How much more two pods bear is the machine's, and void where the lab falls behind; the verdict has to go by it.
    const { ideal2 } = stateless!;
    expect(section.claims.map(({ verdict }) => verdict.ruling === 'holds')).toEqual([(ideal2 ?? 0) >= 95]);
    expect(section.plots.map(({ title }) => title)).toContain('Throughput against pods');
    expect(isSound({ sections: [section] })).toBe(true);
  });

  it('cold-pod: a second pod helps those without a session, and nobody else', async () => {
    const section = await run(coldPod);
    const { stateless, sticky } = seenIn(section);
    expect(section.fault).toBeUndefined();
    // The second pod takes load from the first here, and none there; how even it is, a busy machine decides.
    expect(stateless!['hottestLoad']).toBeLessThan(200);
    expect(sticky!['hottestLoad']).toBe(200);
    expect(sticky!['lost']).toBe(0);
    expect(section.claims).toHaveLength(1);
    expect(isSound({ sections: [section] })).toBe(true);
  });
});
