import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { faultMs, openBank, steadyModes, upgradeMs } from './bank.js';
import { underLoad, unharmed } from './under-load.js';

describe('a rolling update under load', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => (platform = await openBank(steadyModes)), upgradeMs);
  afterAll(() => platform?.close());

  it.each(['account', 'auth'] as const)(
    'of %s replaces every pod and fails no request',
    async (workload) => {
      const boots = async () => (await platform.pods(workload)).map(({ bootId }) => bootId);
      const before = await boots();
      const met = await underLoad(platform, 'stateless', () => platform.roll(workload));
      expect(met).toMatchObject(unharmed);
      const after = await boots();
      expect(after).toHaveLength(2);
      expect(after.filter((bootId) => before.includes(bootId))).toEqual([]);
    },
    faultMs,
  );
});
