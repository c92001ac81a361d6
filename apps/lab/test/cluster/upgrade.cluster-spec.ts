import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { V1Secret } from '@kubernetes/client-node';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { openBank, steadyModes, upgradeMs } from './bank.js';
import { customers } from './customers.js';
import { objects, place } from './place.js';
import { underLoad, unharmed } from './under-load.js';

describe('helm upgrade', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => (platform = await openBank(steadyModes)), upgradeMs);
  afterAll(() => platform?.close());

  const secrets = async (): Promise<Record<string, unknown>> =>
    Object.fromEntries(
      (await objects<V1Secret>('secrets'))
        .filter(({ type }) => type === 'Opaque')
        .map(({ metadata, data }) => [metadata?.name, data]),
    );

  it(
    'replaces every pod under load, and keeps keys, tokens and the sessions of shared',
    async () => {
      const before = await secrets();
      const names = ['account', 'redis', 'signing-keys'].map((name) => `${place.release}-${name}`);
      expect(Object.keys(before)).toEqual(expect.arrayContaining(names));
      const boots = (await platform.pods()).map(({ bootId }) => bootId);
      const [client] = await customers(1);
      const met = await underLoad(platform, 'shared', async () => {
        await (await openBank({ ...steadyModes, logLevel: 'warn' })).close();
      });
      expect(met).toMatchObject(unharmed);
      expect(await secrets()).toEqual(before);
      expect((await platform.pods()).filter(({ bootId }) => boots.includes(bootId))).toEqual([]);
      expect((await client!.ask('GET', '/account/accounts')).status).toBe(200);
    },
    upgradeMs,
  );
});
