import { expect, it } from '@jest/globals';
import { autoscaleBy } from '../src/experiments/autoscale-by/autoscale-by.js';
import { isSound } from '../src/report/scorecard.js';
import { experimentsBank, seenIn } from './experiments-bank.js';

const { run, pods } = experimentsBank({
  modes: ['sticky'],
  workloads: { auth: 1, account: 1, 'session-sticky': 2 },
  customers: 20,
  seconds: 2,
  environment: {},
  seed: 5,
});

it('autoscale-by: idle sessions get more pods by sessions, and the pods are as before in the end', async () => {
  const section = await run(autoscaleBy);
  const { sticky } = seenIn(section);
  expect(section.fault).toBeUndefined();
  expect(sticky).toMatchObject({ opened: 240, podsBefore: 2, enough: 4, target: 65, lost: 0, failed: 0 });
  expect(sticky!['podsBySessions']).toBeGreaterThanOrEqual(4);
  expect(sticky!['enoughBySessions']).not.toBeNull();
  // What CPU a pod takes is a matter of the machine, which other tests share.
  expect(sticky!['fullestBySessions']).toBeLessThanOrEqual(sticky!['fullestByCpu']!);
  const plots = section.plots.map(({ title }) => title);
  expect(plots).toContain('Pods in a surge of sessions, sticky');
  expect(plots).toContain('Sessions of the fullest pod, sticky');
  expect(isSound({ sections: [section] })).toBe(true);
  expect(await pods('session-sticky')).toHaveLength(2);
}, 120_000);
