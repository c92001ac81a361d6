import { expect, it } from '@jest/globals';
import { rebalance } from '../src/experiments/rebalance/rebalance.js';
import { isSound } from '../src/report/scorecard.js';
import { experimentsBank, seenIn } from './experiments-bank.js';

const { run, pods } = experimentsBank({
  modes: ['handoff'],
  workloads: { auth: 1, account: 1, 'session-handoff': 2 },
  environment: { 'session-handoff': { DRAIN_DEADLINE_MS: '2000' } },
  customers: 40,
  seconds: 2,
  seed: 5,
});

it('rebalance: sessions move to new pods one by one, nobody is lost by it, and the pods are as before in the end', async () => {
  const section = await run(rebalance);
  const { handoff } = seenIn(section);
  expect(section.fault).toBeUndefined();
  expect(handoff).toMatchObject({
    podsBefore: 2,
    podsAfter: 4,
    lost: 0,
    contradicted: 0,
    lostWithout: 0,
    failedWithout: 0,
  });
  // A session that moves takes the store, which on a machine that is full may be late, and says so.
  const refused = section.notes.filter((note) => / refused by | not answered/.test(note));
  expect(refused.filter((note) => !/ \d+ were refused by store-unavailable\.$/.test(note))).toEqual([]);
  // Two of four pods have nothing to do, unless sessions go there.
  expect(handoff!['hottestWithout']).toBeGreaterThanOrEqual(200);
  // How soon is a matter of the machine, which other tests share.
  expect(handoff!['hottest']).toBeLessThan(handoff!['hottestWithout']!);
  expect(handoff!['moved']).toBeGreaterThan(5);
  expect(handoff!['letGo']).toBeGreaterThanOrEqual(handoff!['moved']!);
  expect(section.plots.map(({ title }) => title)).toContain('Hottest pod after a scale-out, handoff');
  expect(isSound({ sections: [section] })).toBe(true);
  expect(await pods('session-handoff')).toHaveLength(2);
}, 180_000);
