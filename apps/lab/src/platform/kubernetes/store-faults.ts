import type { V1Pod } from '@kubernetes/client-node';
import { CannotHere } from '../cannot-here.js';
import type { PodEvent } from '../platform.js';
import type { StoreFaults } from '../store-faults.js';
import { nameOf, uidOf, type WatchedParts } from './target-state.js';
import type { Cluster } from './cluster.js';
import { runInPod } from './in-pod.js';
import { deletePod } from './orders.js';
import { phaseOf } from './pod-state.js';
import type { Signal } from '../signal.js';
import { labels } from './target.js';

const patienceMs = 120_000;
/** In the chart's Redis: speaks to it with its password. */
const cli = 'sh /etc/valkey/cli';

/** The faults of the Redis in the release. */
export function storeFaults({
  watched,
  cluster,
  changed,
}: {
  watched: WatchedParts;
  cluster: Cluster;
  changed: Signal<readonly PodEvent[]>;
}): StoreFaults {
  const redis = (): V1Pod[] => watched.pods.all().filter(isRedis);
  const ready = (): V1Pod | undefined => redis().find((pod) => phaseOf(pod) === 'ready');
  const found = (): V1Pod => {
    const pod = ready();
    if (pod === undefined) throw new CannotHere('The Redis is not of this release, or not ready: it was left alone.');
    return pod;
  };
  const run = (script: string): Promise<string> =>
    runInPod(cluster, { name: nameOf(found()), container: 'redis' }, ['sh', '-c', script]);
  return {
    pause: async (ms) => {
      await run(`${cli} client pause ${ms} all`);
    },
    restart: async () => {
      const old = uidOf(found());
      await deletePod(cluster, nameOf(found()));
      const another = (): boolean => ready() !== undefined && redis().every((pod) => uidOf(pod) !== old);
      await changed.until(another, patienceMs, () => `Redis is not ready again after ${patienceMs / 1_000} s.`);
    },
    fill: async (ms) => {
      // What puts the setting back runs in the pod, so that it does not need us.
      const putBack = `(sleep ${ms / 1_000}; ${cli} config set maxmemory "$before") >/dev/null 2>&1 &`;
      await run(`before=$(${cli} --raw config get maxmemory | tail -n 1); ${cli} config set maxmemory 1; ${putBack}`);
    },
  };
}

const isRedis = ({ metadata }: V1Pod): boolean => metadata?.labels?.[labels.component] === 'redis';
