import { describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import type { Autoscaling, Platform, PodEvent } from '../platform/platform.js';
import { BankFeed, sentenceOf, type Feeding } from './bank-feed.js';
import { Journal } from '../journal/journal.js';

const name = 'account-1';
const scaling: Autoscaling = { min: 2, max: 6, current: 2, desired: 2, cpu: 40, target: 50, unit: 'm', others: [] };

/** As much of a platform as a feed looks at. */
class Seen {
  asked = 0;
  desired = 2;
  fault: Error | undefined;
  silent = false;
  report: (event: PodEvent) => void = () => {};
  readonly platform: Partial<Platform> = {
    pods: async () => [{ name, workload: 'account', phase: 'ready', bootId: 'b' }],
    usage: async () => {
      this.asked += 1;
      if (this.fault !== undefined) throw this.fault;
      return new Map(this.silent ? [] : [[name, { memoryBytes: 5e7, cpuSeconds: this.asked }]]);
    },
    metric: async () => new Map(this.silent ? [] : [[name, 7 * this.asked]]),
    autoscaling: () => ({ ...scaling, desired: this.desired }),
    watch: (listener) => {
      this.report = listener;
      return () => (this.report = () => {});
    },
  };
}

async function running(
  { isWatched, ...own }: Partial<Feeding> & { isWatched?: () => boolean },
  act: (seen: Seen, feed: BankFeed) => Promise<void>,
): Promise<void> {
  const seen = new Seen();
  const platform = seen.platform as Platform;
  const feed = new BankFeed({
    platform,
    journal: new Journal(),
    workloads: ['account'],
    bank: 'mine',
    everyMs: 10,
    ...own,
  });
  const stopping = new AbortController();
  const ended = feed.run(stopping.signal, isWatched);
  try {
    await act(seen, feed);
  } finally {
    stopping.abort();
    await ended;
  }
}

describe('a feed', () => {
  it('tells how the bank is, and rates from the second reading on', () =>
    running({}, async (_, feed) => {
      expect(feed.now).toMatchObject({ bank: 'mine', readAt: null, workloads: [] });
      await eventually(() => feed.now.workloads[0]?.pods[0]?.perSecond !== null && feed.now.readAt !== null);
      expect(feed.now).toMatchObject({ fault: null, workloads: [{ workload: 'account', pods: [{ name }] }] });
      expect(feed.now.workloads[0]!.pods[0]!.perSecond).toBeGreaterThan(0);
      expect(feed.now.at).toBeGreaterThanOrEqual(feed.now.readAt!);
    }));

  it('tells what happens, in the order in which it does', async () => {
    await running({}, async (seen, feed) => {
      const pod = { name, workload: 'account', phase: 'terminating', bootId: undefined } as const;
      seen.report({ at: 0, pod, reason: 'scaled' });
      seen.desired = 4;
      await eventually(() => feed.now.events.length === 2);
      expect(feed.now.events.map(({ id, sentence }) => [id, sentence])).toEqual([
        [1, 'account-1 is draining (scaled)'],
        [2, 'account: the HPA wants 4 pods (had 2), it read CPU 40m of 50m'],
      ]);
    });
  });

  it('moves a pod as soon as it hears of it, before the next reading', () =>
    running({ everyMs: 60_000 }, async (seen, feed) => {
      await feed.read();
      const pod = { name, workload: 'account', phase: 'terminating', bootId: undefined } as const;
      seen.report({ at: 0, pod, reason: 'scaled' });
      seen.report({ at: 0, pod: { ...pod, name: 'account-2', phase: 'starting' }, reason: undefined });
      const phases = () => feed.now.workloads[0]!.pods.map((one) => [one.name, one.phase, one.memoryBytes]);
      expect(phases()).toEqual([
        [name, 'terminating', 5e7],
        ['account-2', 'starting', null],
      ]);
      seen.report({ at: 0, pod: { ...pod, phase: 'gone' }, reason: 'scaled' });
      expect(phases()).toEqual([['account-2', 'starting', null]]);
    }));

  it('keeps what it knew when a reading fails, says why once, and when that is over', () =>
    running({}, async (seen, feed) => {
      await feed.read();
      seen.fault = new Error('the cluster is away');
      const { asked } = seen;
      await eventually(() => seen.asked > asked + 2);
      expect(feed.now).toMatchObject({ fault: 'the cluster is away', workloads: [{ pods: [{ name }] }] });
      seen.fault = undefined;
      await eventually(() => feed.now.fault === null);
      expect(feed.now.events.map(({ sentence }) => sentence)).toEqual([
        'the cluster is away',
        'Every pod that is ready answers again.',
      ]);
    }));

  it('names a pod that takes clients and tells nothing', () =>
    running({}, async (seen, feed) => {
      seen.silent = true;
      await eventually(() => feed.now.fault !== null);
      expect(feed.now).toMatchObject({ fault: 'account-1: no answer', workloads: [{ pods: [{ cpu: null }] }] });
    }));

  it('says why it tells nothing, once for all who are silent for the same reason', () =>
    running({}, async (seen, feed) => {
      seen.silent = true;
      const why = 'User "eve" cannot get resource "pods/portforward"';
      const other = { name: 'account-2', workload: 'account', phase: 'ready', bootId: 'c' } as const;
      const first = { ...other, name };
      Object.assign(seen.platform, {
        pods: async () => [first, other],
        silence: (pod: string) => `pods "${pod}" is forbidden: ${why}`,
      });
      await eventually(() => feed.now.fault !== null);
      expect(feed.now.fault).toBe(`account-1, account-2: ${why}`);
    }));

  it('leaves the pods in peace while nobody looks, and notes what happens all the same', async () => {
    let isWatched = false;
    await running({ isWatched: () => isWatched }, async (seen, feed) => {
      seen.desired = 3;
      await eventually(() => feed.now.events.length === 1);
      expect(seen.asked).toBe(0);
      isWatched = true;
      await eventually(() => seen.asked > 1);
      isWatched = false;
      await eventually(() => feed.now.readAt === null);
      expect(feed.now.workloads).toEqual([]);
      // Rates are those since it looks again.
      await feed.read();
      expect(feed.now.workloads[0]!.pods[0]!.perSecond).toBeNull();
    });
  });

  it('asks once for all who want to know at the same time', () =>
    running({ isWatched: () => false }, async (seen, feed) => {
      await Promise.all([feed.read(), feed.read(), feed.read()]);
      expect(seen.asked).toBe(1);
    }));
});

describe('sentenceOf', () => {
  it('says what became of a pod, and why where that is known', () => {
    const pod = { name: 'auth-1', workload: 'auth', phase: 'gone', bootId: undefined } as const;
    expect(sentenceOf({ pod, reason: undefined })).toBe('auth-1 is gone');
    expect(sentenceOf({ pod, reason: 'killed' })).toBe('auth-1 is gone (killed)');
  });
});
