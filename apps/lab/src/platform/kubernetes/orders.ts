import { AppsV1Api, CoreV1Api, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { bounded } from './bounded.js';
import { whyOf } from './cluster-fault.js';
import type { WorkloadObject } from './bank.js';
import type { Cluster } from './cluster.js';

export const asStrategicPatch = setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch);
export const asMergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

/** Sets how many pods a workload has, as `kubectl scale` does. */
export async function setReplicas(
  { config, namespace }: Cluster,
  workload: WorkloadObject,
  replicas: number,
): Promise<void> {
  const api = config.makeApiClient(AppsV1Api);
  const order = { name: workload.name, namespace, body: { spec: { replicas } } };
  if (workload.kind === 'Deployment') await ordered(api.patchNamespacedDeploymentScale(order, asMergePatch));
  else await ordered(api.patchNamespacedStatefulSetScale(order, asMergePatch));
}

/** Has every pod replaced, as `kubectl rollout restart` does: by the same annotation on the pod template. */
export async function restart({ config, namespace }: Cluster, workload: WorkloadObject): Promise<void> {
  const api = config.makeApiClient(AppsV1Api);
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
  const order = { name: workload.name, namespace, body: { spec: { template: { metadata: { annotations } } } } };
  if (workload.kind === 'Deployment') await ordered(api.patchNamespacedDeployment(order, asMergePatch));
  else await ordered(api.patchNamespacedStatefulSet(order, asMergePatch));
}

/** Changes variables of a StatefulSet's pods, from the one with that number on; the others stay as they are. */
export async function rollOutFrom(
  { config, namespace }: Cluster,
  { name, kind }: WorkloadObject,
  container: string,
  env: readonly object[],
  partition: number,
): Promise<void> {
  if (kind !== 'StatefulSet') throw new Error(`Half a rollout needs a StatefulSet, and ${name} is none.`);
  const api = config.makeApiClient(AppsV1Api);
  const template = { spec: { containers: [{ name: container, env }] } };
  const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition } };
  const body = { spec: { updateStrategy, template } };
  await ordered(api.patchNamespacedStatefulSet({ name, namespace, body }, asStrategicPatch));
}

/** Deletes a pod with the grace period that it has itself, or with another. */
export async function deletePod({ config, namespace }: Cluster, name: string, graceSeconds?: number): Promise<void> {
  const order = { name, namespace, ...(graceSeconds !== undefined && { gracePeriodSeconds: graceSeconds }) };
  await ordered(config.makeApiClient(CoreV1Api).deleteNamespacedPod(order));
}

/** Waits for an order to be taken, and says in few words why it is not. */
export async function ordered(call: Promise<unknown>): Promise<void> {
  try {
    await bounded(call);
  } catch (error) {
    throw new Error(`The cluster does not take the order: ${whyOf(error)}.`, { cause: error });
  }
}
