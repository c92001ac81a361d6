import { AutoscalingV2Api, type V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import type { Cluster } from './cluster.js';
import { asMergePatch, ordered } from './orders.js';

/** Where an HPA's own bounds are kept while the lab has moved them, so that the next run can put them back if this one cannot. */
export const boundsAnnotation = 'tellers/bounds-before-the-lab';

interface Bounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** Bounds that keep at least that many pods; with load an HPA may still want more, up to what it might before the lab came. */
export function atLeast(replicas: number, hpa: V2HorizontalPodAutoscaler): Bounds {
  const { maxReplicas = replicas } = boundsBefore(hpa) ?? hpa.spec ?? {};
  return { minReplicas: replicas, maxReplicas: Math.max(replicas, maxReplicas) };
}

/** Bounds that leave an HPA nothing to want. */
export function exactly(replicas: number): Bounds {
  return { minReplicas: replicas, maxReplicas: replicas };
}

/** The bounds that an HPA had before the lab moved them; undefined when they are its own. */
export function boundsBefore({ metadata }: V2HorizontalPodAutoscaler): Bounds | undefined {
  const kept = metadata?.annotations?.[boundsAnnotation];
  return kept === undefined ? undefined : (JSON.parse(kept) as Bounds);
}

/** Moves an HPA's bounds, and keeps its own in an annotation. */
export async function moveBounds(cluster: Cluster, hpa: V2HorizontalPodAutoscaler, wished: Bounds): Promise<void> {
  const { minReplicas = 1, maxReplicas = 1 } = hpa.spec ?? {};
  if (wished.minReplicas === minReplicas && wished.maxReplicas === maxReplicas) return;
  const before = boundsBefore(hpa) ?? { minReplicas, maxReplicas };
  await patch(cluster, hpa, wished, JSON.stringify(before));
}

/** Gives an HPA its own bounds back, if the lab has moved them. Resolves to whether it had. */
export async function giveBack(cluster: Cluster, hpa: V2HorizontalPodAutoscaler): Promise<boolean> {
  const before = boundsBefore(hpa);
  if (before !== undefined) await patch(cluster, hpa, before, null);
  return before !== undefined;
}

async function patch(
  { config, namespace }: Cluster,
  { metadata }: V2HorizontalPodAutoscaler,
  spec: Bounds,
  kept: string | null,
): Promise<void> {
  const body = { metadata: { annotations: { [boundsAnnotation]: kept } }, spec };
  const api = config.makeApiClient(AutoscalingV2Api);
  const order = { name: metadata!.name!, namespace, body };
  await ordered(api.patchNamespacedHorizontalPodAutoscaler(order, asMergePatch));
}
