import {
  AppsV1Api,
  AutoscalingV2Api,
  CustomObjectsApi,
  PatchStrategy,
  setHeaderOptions,
  type KubernetesObject,
  type V1Deployment,
  type V1ReplicaSet,
  type V1StatefulSet,
  type V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import type { Cluster } from './cluster.js';
import { fieldManager, type Movable } from './before-the-lab.js';
import type { WorkloadObject } from './target.js';

/** What keeps pods. */
export type WorkloadController = V1Deployment | V1StatefulSet | V1ReplicaSet;

/** An object that the lab moves something of. */
export interface PatchTarget {
  readonly kind: WorkloadObject['kind'] | 'HorizontalPodAutoscaler' | 'ScaledObject';
  readonly name: string;
}

export type Patched = WorkloadController | V2HorizontalPodAutoscaler | (KubernetesObject & Movable);

/** Of what KEDA makes an autoscaler: https://keda.sh/docs/latest/reference/scaledobject-spec/ */
const scaledObjects = { group: 'keda.sh', version: 'v1alpha1', plural: 'scaledobjects' };

/** Patches an object in the lab's name; resolves to the object as it then is. */
export function patched(
  { config, namespace }: Cluster,
  { kind, name }: PatchTarget,
  body: object,
  strategy: PatchStrategy = strategyFor(kind),
): Promise<Patched> {
  const order = { name, namespace, body, fieldManager };
  const options = setHeaderOptions('Content-Type', strategy);
  switch (kind) {
    case 'Deployment':
      return config.makeApiClient(AppsV1Api).patchNamespacedDeployment(order, options);
    case 'StatefulSet':
      return config.makeApiClient(AppsV1Api).patchNamespacedStatefulSet(order, options);
    case 'ReplicaSet':
      return config.makeApiClient(AppsV1Api).patchNamespacedReplicaSet(order, options);
    case 'HorizontalPodAutoscaler':
      return config.makeApiClient(AutoscalingV2Api).patchNamespacedHorizontalPodAutoscaler(order, options);
    case 'ScaledObject': {
      const custom = config.makeApiClient(CustomObjectsApi);
      return custom.patchNamespacedCustomObject({ ...order, ...scaledObjects }, options) as Promise<Patched>;
    }
  }
}

/** How the parts of a list belong together is known of Kubernetes' own kinds alone. */
function strategyFor(kind: PatchTarget['kind']): PatchStrategy {
  return kind === 'ScaledObject' ? PatchStrategy.MergePatch : PatchStrategy.StrategicMergePatch;
}

/** An object as it is at this moment, which a watch may tell later: with the right to patch it, and no other. */
export function readNow(cluster: Cluster, target: PatchTarget): Promise<Patched> {
  return patched(cluster, target, {});
}
