import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { modes, type ModeName } from '../../src/bank/modes.js';
import { openBank, steadyModes, upgradeMs } from './bank.js';
import { customers, openSession, servedBy } from './customers.js';

const requests = 20;
const knownWithinMs = 15_000;

describe('through the ingress', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => (platform = await openBank(steadyModes)), upgradeMs);
  afterAll(() => platform?.close());

  /** The boots that served one customer who asks again and again, the first answer's first. */
  async function bootsOf(mode: ModeName): Promise<string[]> {
    const [client] = await customers(1);
    const { path, style } = modes[mode];
    const boots = new Set<string>();
    if (style === 'stateful') boots.add((await openSession(client!, path)).bootId);
    for (let request = 0; request < requests; request += 1) {
      const reply = await client!.ask('GET', style === 'stateful' ? path : `${path}/accounts`);
      expect(reply.status).toBe(200);
      boots.add(servedBy(reply).bootId);
    }
    return [...boots];
  }

  it.each(['sticky', 'handoff'] as const)('%s keeps a customer at the pod that opened the session', async (mode) => {
    expect(await bootsOf(mode)).toHaveLength(1);
  });

  it('sticky has its customers at more than one pod', async () => {
    const boots = new Set<string>();
    // The ingress controller learns of a pod some seconds after it is ready.
    const until = Date.now() + knownWithinMs;
    while (boots.size < 2 && Date.now() < until) {
      const [client] = await customers(1);
      boots.add((await openSession(client!, modes.sticky.path)).bootId);
    }
    expect(boots.size).toBe(2);
  });

  it.each(['stateless', 'shared'] as const)('%s serves a customer by every pod', async (mode) => {
    const pods = await platform.pods(modes[mode].workload);
    expect((await bootsOf(mode)).toSorted()).toEqual(pods.map(({ bootId }) => bootId ?? '').toSorted());
  });
});
