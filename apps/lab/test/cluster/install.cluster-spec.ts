import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { phaseOf, restartsOf } from '../../src/platform/kubernetes/pod-state.js';
import { openBank, upgradeMs } from './bank.js';
import { bankUrl, helm, objects, place } from './place.js';

describe('the chart with its default values', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => (platform = await openBank()), upgradeMs);
  afterAll(() => platform?.close());

  it('opens the plain pair where the restricted Pod Security profile is enforced, without a warning', async () => {
    const pods = await objects<V1Pod>('pods');
    const seen = pods.map((pod) => {
      const component = pod.metadata?.labels?.['app.kubernetes.io/component'];
      return `${component} ${phaseOf(pod)}, ${restartsOf(pod)} restarts`;
    });
    expect(seen.toSorted()).toEqual(
      ['account', 'account', 'auth', 'auth', 'redis', 'session-sticky', 'session-sticky'].map(
        (component) => `${component} ready, 0 restarts`,
      ),
    );
  });

  it('passes its own tests, which come through the ingress', async () => {
    expect(await helm('test', place.release, '--timeout', '3m')).toMatch(/Phase:\s+Succeeded/);
  }, 240_000);

  it.each([200_000, 3_000_000])(
    'answers each body of %i bytes by 413, through the ingress',
    async (bytes) => {
      const body = 'a'.repeat(bytes);
      const headers = { 'content-type': 'application/json' };
      const statuses: number[] = [];
      for (let i = 0; i < 40; i += 1) {
        const reply = await fetch(`${bankUrl}/account/transfers`, { method: 'POST', headers, body });
        await reply.arrayBuffer();
        statuses.push(reply.status);
      }
      expect(new Set(statuses)).toEqual(new Set([413]));
    },
    60_000,
  );
});
