import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesPlatform } from '../../src/platform/kubernetes/kubernetes-platform.js';
import type { ModeName } from '../../src/bank/modes.js';
import { openBank, steadyModes, upgradeMs } from './bank.js';
import { kubectl, place, report } from './place.js';
import { underLoad, unharmed, type ActiveSessions } from './under-load.js';
import { podsOn, spareWorker, spreadOut } from './workers.js';

/** Of account two pods are on each worker, so that its budget has to hold one of them back. */
const replicas: Readonly<Record<string, number>> = { account: 4 };
const drainMs = 600_000;

describe('a worker that is drained under load', () => {
  let platform: KubernetesPlatform;
  let worker: string | undefined;
  beforeAll(async () => {
    platform = await openBank(steadyModes);
    await scaleAccount(replicas['account']!);
    worker = await spareWorker();
    await spreadOut(platform);
  }, upgradeMs);
  afterAll(async () => {
    if (worker !== undefined) await kubectl(['uncordon', worker]);
    await scaleAccount(2);
    await platform?.settled(drainMs);
    await platform?.close();
  }, drainMs);

  it(
    'takes one pod of each workload at a time, fails no request, and loses only the sessions of its sticky pods',
    async () => {
      const onIt = await podsOn(worker!);
      expect(onIt.filter((name) => name.startsWith(`${place.release}-account-`))).toHaveLength(2);
      const boots = new Set(
        (await platform.pods()).filter(({ name }) => onIt.includes(name)).map(({ bootId }) => bootId),
      );
      const budgets = watchBudgets();
      const activeSessions = new Map<ModeName, ActiveSessions>();
      let endDrain!: () => void;
      const drained = new Promise<void>((resolve) => (endDrain = resolve));
      const modes = ['stateless', 'handoff', 'shared', 'sticky'] as const;
      const met = modes.map((mode) =>
        underLoad(platform, mode, async (active) => {
          activeSessions.set(mode, active);
          await drained;
        }),
      );
      while (activeSessions.size < modes.length) await sleep(100);
      const living = [...activeSessions.get('sticky')!.record.open].filter(({ home }) => boots.has(home?.bootId ?? ''));
      try {
        const from = performance.now();
        // Of this bank alone: another one's Redis may have nowhere else to go.
        const ours = `--pod-selector=app.kubernetes.io/instance=${place.release}`;
        await kubectl(['drain', worker!, ours, '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=5m']);
        report(`drained in ${Math.round((performance.now() - from) / 1_000)} s`);
        await platform.settled(drainMs);
      } finally {
        endDrain();
      }
      const [stateless, handoff, shared, sticky] = await Promise.all(met);
      expect(await podsOn(worker!)).toEqual([]);
      expect(budgets.end()).toEqual([]);
      expect({ stateless, handoff, shared }).toMatchObject({
        stateless: unharmed,
        handoff: unharmed,
        shared: unharmed,
      });
      expect(living.length).toBeGreaterThan(0);
      expect(sticky).toMatchObject({ ...unharmed, lost: living.length });
      expect(living.filter(({ end }) => end?.how !== 'lost')).toEqual([]);
    },
    drainMs,
  );

  /** By hand: an autoscaler of a spec before may own the number, which helm does not take from it. */
  async function scaleAccount(count: number): Promise<void> {
    const account = `deployment/${place.release}-account`;
    await kubectl(['scale', account, `--replicas=${count}`]);
    await kubectl(['rollout', 'status', account, '--timeout=5m']);
  }

  /** Notes each workload that has fewer pods ready than all but one. */
  function watchBudgets(): { end: () => string[] } {
    const breaches = new Set<string>();
    const unwatch = platform.watch(() => void look());
    const look = async (): Promise<void> => {
      const ready = new Map<string, number>();
      for (const { workload, phase } of await platform.pods()) {
        // A pod that is leaving may still serve, and counts no more.
        ready.set(workload, (ready.get(workload) ?? 0) + (phase === 'ready' ? 1 : 0));
      }
      for (const [workload, count] of ready) {
        if (count < (replicas[workload] ?? 2) - 1) breaches.add(`${workload} had ${count} pods ready`);
      }
    };
    return {
      end: () => {
        unwatch();
        return [...breaches];
      },
    };
  }
});
