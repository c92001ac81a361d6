import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countLosses } from '../../src/experiments/amnesia/losses.js';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import { modes } from '../../src/bank/modes.js';
import type { Pod } from '../../src/platform/platform.js';
import { faultMs, openBank, steadyModes, upgradeMs } from './bank.js';
import { underLoad, unharmed, type ActiveSessions } from './under-load.js';
import type { CustomerSession } from '../../src/bank/observer.js';

describe('a session pod that is deleted under load', () => {
  let platform: KubernetesPlatform;
  beforeAll(async () => (platform = await openBank(steadyModes)), upgradeMs);
  afterAll(() => platform?.close());

  it.each(['handoff', 'shared'] as const)(
    'fails no request and loses no session in %s',
    async (mode) => {
      const met = await underLoad(platform, mode, async () => {
        const [pod] = await platform.pods(modes[mode].workload);
        await platform.stop(pod!.name);
        await platform.settled(faultMs);
      });
      expect(met).toMatchObject(unharmed);
    },
    faultMs,
  );

  it(
    'loses exactly its own sessions in sticky, and the bank says that their owner is gone',
    async () => {
      let losses: (() => unknown) | undefined;
      const met = await underLoad(platform, 'sticky', async (active) => {
        const victim = await fullestPod(active);
        losses = lossesOf(victim, active);
        await platform.stop(victim.name);
        await platform.settled(faultMs);
      });
      expect(losses?.()).toEqual({ lived: met.lost, livedLost: met.lost, lostElsewhere: 0, ownerGone: met.lost });
      expect(met.lost).toBeGreaterThan(0);
      expect(met).toMatchObject({ ...unharmed, lost: met.lost });
    },
    faultMs,
  );

  const livingIn = ({ bootId }: Pod, { record }: ActiveSessions): CustomerSession[] =>
    [...record.open].filter(({ home }) => home?.bootId === bootId);

  async function fullestPod(active: ActiveSessions): Promise<Pod> {
    const pods = await platform.pods('session-sticky');
    return pods.toSorted((one, other) => livingIn(other, active).length - livingIn(one, active).length)[0]!;
  }

  /** To be asked when all is over: whose sessions were lost since now. */
  function lossesOf(victim: Pod, active: ActiveSessions): () => unknown {
    const [inPod, before] = [livingIn(victim, active), active.ended.length];
    return () => {
      const after = active.ended.slice(before);
      const found = countLosses({ bootId: victim.bootId!, inPod, before: active.ended.slice(0, before), after });
      const { lived, livedLost, lostElsewhere, ownerGone } = found;
      return { lived, livedLost, lostElsewhere, ownerGone };
    };
  }
});
