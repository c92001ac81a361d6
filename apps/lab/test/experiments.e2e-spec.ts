import { describe, expect, it } from '@jest/globals';
import { amnesia } from '../src/experiments/amnesia/amnesia.js';
import { memory } from '../src/experiments/memory/memory.js';
import { personalisation } from '../src/experiments/personalisation/personalisation.js';
import { replay } from '../src/experiments/replay/replay.js';
import { redundancy } from '../src/experiments/redundancy/redundancy.js';
import { scaleIn } from '../src/experiments/scale-in/scale-in.js';
import { signOut } from '../src/experiments/sign-out/sign-out.js';
import { wizard } from '../src/experiments/wizard/wizard.js';
import { isSound } from '../src/report/scorecard.js';
import { experimentsBank, seenIn } from './experiments-bank.js';

const { run, pods } = experimentsBank({
  modes: ['stateless', 'sticky', 'shared'],
  workloads: { auth: 1, account: 2, 'session-sticky': 2, 'session-shared': 2, 'session-handoff': 2 },
  environment: { 'session-sticky': { DRAIN_DEADLINE_MS: '2000', MAX_SESSIONS: '2000' } },
  customers: 36,
  seconds: 3,
  seed: 2,
});

describe('on the real bank', () => {
  it('amnesia: sticky loses exactly the sessions of the killed pod, stateless and shared none, and no money is lost', async () => {
    const section = await run(amnesia);
    const { stateless, sticky, shared } = seenIn(section);
    expect(section.fault).toBeUndefined();
    // A request that was under way to a pod when it was killed fails in any mode.
    const sessionsLost = section.losses.filter(({ sessions }) => sessions > 0);
    expect(sessionsLost).toMatchObject([{ mode: 'sticky', cause: 'owner-died', sessions: sticky!['lived'] }]);
    expect(sticky).toMatchObject({ lostBefore: 0, lostElsewhere: 0, misrouted: 0, otherCause: 0 });
    expect(sticky!['lived']).toBeGreaterThan(0);
    expect(sticky!['livedLost']).toBe(sticky!['lived']);
    expect(sticky!['ownerGone']).toBe(sticky!['lived']);
    for (const kept of [stateless, shared])
      expect(kept).toMatchObject({ livedLost: 0, lostElsewhere: 0, lostBefore: 0 });
    for (const figures of [stateless, sticky, shared])
      expect(figures).toMatchObject({ moneyLost: 0, auditBreaches: 0 });
    expect(section.claims.map(({ verdict }) => verdict.ruling)).toEqual(['holds']);
    expect(section.plots.map(({ title }) => title)).toContain('Sessions, sticky');
    expect(isSound({ sections: [section] })).toBe(true);
  });

  it('personalisation: only replies of the stateful service depend on the past', async () => {
    const { stateless, sticky } = seenIn(await run(personalisation));
    expect(stateless!['shaped']).toBe(0);
    expect(sticky!['shaped']).toBeGreaterThan(50);
    expect(stateless!['lookSent']).toBeGreaterThan(sticky!['lookSent']!);
  });

  it('redundancy: a stateless request carries more that the bank was told before', async () => {
    const section = await run(redundancy);
    const { stateless, sticky } = seenIn(section);
    expect(section.fault).toBeUndefined();
    expect(stateless!['carried']).toBeGreaterThan(2 * sticky!['carried']!);
    for (const figures of [stateless, sticky]) expect(figures!['cpu']).toBeGreaterThan(0);
  });

  it('memory: a sticky pod grows with its sessions until it is full, says so, and serves on', async () => {
    const section = await run(memory);
    const { stateless, sticky, shared } = seenIn(section);
    expect(section.fault).toBeUndefined();
    expect(sticky).toMatchObject({ max: 2_000, refusedAsFull: 100, goOn: 100 });
    for (const figures of [stateless, sticky, shared]) expect(figures!['keptError']).toBeGreaterThan(0);
    for (const figures of [stateless, shared]) expect(figures).toMatchObject({ opened: 2_000, max: null });
    expect(await pods('session-sticky')).toHaveLength(2);
    expect(isSound({ sections: [section] })).toBe(true);
  });

  it('replay: a stateless request gets the same reply from a pod that knows nothing, and one by cookie does not', async () => {
    const section = await run(replay);
    const { stateless, sticky, shared } = seenIn(section);
    expect(section.fault).toBeUndefined();
    expect(stateless).toMatchObject({ same: 100, unknown: 0, movedAgain: 0 });
    expect(stateless!['sameOfAll']).toBeLessThan(100);
    expect(sticky!['unknown']).toBeGreaterThan(50);
    expect(shared!['unknown']).toBe(0);
    expect(section.claims.map(({ verdict }) => verdict.ruling)).toEqual(['holds']);
    expect(isSound({ sections: [section] })).toBe(true);
  });

  it('scale-in: a sticky pod takes its sessions with it, one of handoff a thousand to the others, and nobody notices a stateless one', async () => {
    const section = await run(scaleIn, ['stateless', 'sticky', 'handoff']);
    const { stateless, sticky, handoff } = seenIn(section);
    expect(section.fault).toBeUndefined();
    for (const kept of [stateless, handoff])
      expect(kept).toMatchObject({ podsBefore: 2, podsAfter: 1, lost: 0, failed: 0 });
    expect(sticky!['inPod']).toBeGreaterThan(0);
    expect(sticky!['lost']).toBe(sticky!['inPod']);
    expect(sticky).toMatchObject({ fullestInPod: 40, fullestLost: 40, emptiestInPod: 4, emptiestLost: 4 });
    expect(handoff).toMatchObject({ fullestInPod: 40, fullestLost: 0, emptiestInPod: 4, emptiestLost: 0 });
    expect(handoff).toMatchObject({ sampled: 201, sampleLost: 0 });
    expect(handoff!['handed1000']).toBeGreaterThan(0);
    expect(await pods('session-handoff')).toHaveLength(2);
    expect(section.claims.map(({ verdict }) => verdict.ruling)).toEqual(['holds']);
    expect(isSound({ sections: [section] })).toBe(true);
  });

  it('sign-out: no pod takes a stolen cookie after it, and every one a stolen token', async () => {
    const section = await run(signOut);
    const { stateless, sticky, shared } = seenIn(section);
    expect(section.fault).toBeUndefined();
    for (const figures of [sticky, shared]) expect(figures).toMatchObject({ seen: 0, other: 0 });
    expect(stateless!['other']).toBeGreaterThan(280);
    expect(sticky!['token']).toBeGreaterThan(280);
    expect(section.notes.join(' ')).toMatch('a quick run does not wait');
    expect(section.claims.map(({ verdict }) => verdict.ruling)).toEqual(['holds']);
  });

  it('wizard: an interruption leaves what each mode says it keeps', async () => {
    const section = await run(wizard);
    expect(seenIn(section)).toMatchObject({
      stateless: { completed: 10, clientAfterAmount: 0, crashAfterAmount: 100, stopAfterAmount: 100 },
      sticky: { completed: 10, clientAfterAmount: 100, crashAfterAmount: 0 },
      shared: { completed: 10, clientAfterAmount: 100, crashAfterAmount: 100, stopAfterAmount: 100 },
    });
    expect(isSound({ sections: [section] })).toBe(true);
  });
});
