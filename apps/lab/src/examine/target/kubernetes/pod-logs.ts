import { CoreV1Api, type V1Pod } from '@kubernetes/client-node';
import { bounded } from '../../../platform/bounded.js';
import type { Cluster } from '../../../platform/kubernetes/cluster.js';
import { nameOf } from '../../../platform/kubernetes/target-state.js';
import { servingContainer } from './pod-memory.js';

/** How many lines of each pod's log, from some moment on, are so as the function says. */
export async function countLines(
  { config, namespace }: Cluster,
  pods: readonly V1Pod[],
  { port, since }: { readonly port: number; readonly since: number },
  isMeant: (line: string) => boolean,
): Promise<ReadonlyMap<string, number>> {
  const api = config.makeApiClient(CoreV1Api);
  const sinceSeconds = Math.ceil((Date.now() - since) / 1_000) + 1;
  const counted = pods.map(async (pod) => {
    const container = servingContainer(pod, port);
    const read = { name: nameOf(pod), namespace, sinceSeconds, ...(container !== undefined && { container }) };
    const text = await bounded(api.readNamespacedPodLog(read));
    return [nameOf(pod), text.split('\n').filter(isMeant).length] as const;
  });
  return new Map(await Promise.all(counted));
}
