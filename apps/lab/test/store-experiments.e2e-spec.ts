import { describe, expect, it } from '@jest/globals';
import { schemaChange } from '../src/experiments/schema-change/schema-change.js';
import { storeDown } from '../src/experiments/store-down/store-down.js';
import { isSound } from '../src/report/scorecard.js';
import { experimentsBank, seenIn } from './experiments-bank.js';

// A Redis of our own, which may be restarted and filled.
delete process.env['REDIS_URL'];
const { run } = experimentsBank({
  modes: ['stateless', 'sticky', 'handoff', 'shared'],
  workloads: { auth: 1, account: 2, 'session-sticky': 2, 'session-handoff': 2, 'session-shared': 2 },
  environment: { 'session-handoff': { DRAIN_DEADLINE_MS: '5000' } },
  customers: 40,
  seconds: 2,
  seed: 2,
});

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
  });

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
  });
});
