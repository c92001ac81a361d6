import { expect, it } from '@jest/globals';
import { Lease, type LeasePlace } from './lease.js';

/** A place with one other run, whose silence the test tells. */
function place() {
  const seen = { silentMs: 0, removed: [] as string[] };
  const shared: LeasePlace = {
    beat: async () => {},
    silences: async () => new Map([['other', seen.silentMs]]),
    remove: async (run) => void seen.removed.push(run),
    removeOwn: async () => void seen.removed.push('own'),
  };
  return { seen, lease: new Lease(shared) };
}

it('clears away after a run that stays silent beyond its lease', async () => {
  const { seen, lease } = place();
  for (seen.silentMs = 9_000; seen.silentMs < 14_000; seen.silentMs += 1_000) await lease.renew();
  expect(seen.removed).toEqual(['other']);
});

it('touches nothing of a run that beats again, as after a machine has slept', async () => {
  const { seen, lease } = place();
  for (const silentMs of [3_600_000, 3_601_000, 0, 11_000, 12_000, 500]) {
    seen.silentMs = silentMs;
    await lease.renew();
  }
  expect(seen.removed).toEqual([]);
});

it('beats no more once it has ended', async () => {
  const { seen, lease } = place();
  await lease.end();
  seen.silentMs = 60_000;
  for (let beat = 0; beat < 5; beat += 1) await lease.renew();
  expect(seen.removed).toEqual(['own']);
});
