import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { CrowdHealth } from './crowd-health.js';

it('tells of late that customers came late, forgets it when they do no more, and keeps it for the whole', async () => {
  const health = new CrowdHealth(40);
  for (let one = 0; one < 10; one++) health.started(one < 5 ? 200 : 0);
  expect(health.behind).toBeNull();
  await sleep(60);
  expect(health.behind).toContain('5 of 10 starts were late');
  for (let one = 0; one < 10; one++) health.started(0);
  await sleep(60);
  expect(health.behind ?? '').not.toContain('late');
  expect(health.end()).toContain('5 of 20 starts were late');
});
