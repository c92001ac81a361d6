import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { besideHostileClient } from '../beside-hostile-client.js';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { openBank, steadyModes, upgradeMs } from './bank.js';
import { bankUrl, place, report } from './place.js';
import { auditLedger } from '../../src/bank/audit.js';

const seconds = 60;

describe('one hostile client, through the ingress', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => (platform = await openBank({ ...steadyModes, 'auth.registrationsPerHour': '600' })), upgradeMs);
  afterAll(() => platform?.close());

  const boots = async (): Promise<unknown[]> =>
    (await platform.pods())
      .map(({ name, bootId }) => ({ name, bootId }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));

  it(
    'does not keep ten ordinary customers at the same address from anything, nor ends a pod',
    async () => {
      const before = await boots();
      const { done, failures, answers } = await besideHostileClient(
        bankUrl,
        seconds,
        new URL(place.ingressUrl).hostname,
      );
      report(`${done} requests of ten customers beside ${JSON.stringify(answers)}`);
      expect(failures.filter(({ status, retryAfter }) => status !== 503 || retryAfter === null)).toEqual([]);
      // The hostile client, the nodes and every pod share this machine's cores, so that now and then a store is late.
      expect(failures.length).toBeLessThanOrEqual(done / 200);
      expect(done).toBeGreaterThanOrEqual(70);
      // As many as its limits let it, in at most one window more than the time has, and a few that pods count by themselves
      // while the store is late.
      const aFew = 1.1;
      expect(answers['guess 401']).toBeLessThan(40);
      expect(answers['open 201']).toBeLessThanOrEqual(240 * aFew);
      expect(answers['register 201']).toBeLessThanOrEqual(600 * aFew);
      expect(await boots()).toEqual(before);
      expect(await auditLedger(platform)).toMatchObject({ clean: true });
    },
    (seconds + 60) * 1_000,
  );
});
