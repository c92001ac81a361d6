import {
  CoreV1Api,
  PatchStrategy,
  setHeaderOptions,
  type V1DeploymentSpec,
  type V1StatefulSetSpec,
} from '@kubernetes/client-node';
import { beforeTheLab, keeping, restarted, restartedAt, type SpecPart } from './before-the-lab.js';
import { bounded } from '../bounded.js';
import { isForbidden, whyOf } from './cluster-fault.js';
import type { Cluster } from './cluster.js';
import { patched, readNow } from './patches.js';
import type { WorkloadObject } from './target.js';

export const asStrategicPatch = setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch);

/** Sets how many pods a workload has, and keeps how many it had. */
export async function setReplicas(cluster: Cluster, workload: WorkloadObject, replicas: number): Promise<void> {
  const now = await ordered(readNow(cluster, workload));
  const { replicas: before = 1 } = now.spec as { replicas?: number };
  const annotations = keeping(now, { replicas: before }, { replicas });
  await ordered(patched(cluster, workload, { metadata: { annotations }, spec: { replicas } }));
}

/**
 * Sets how many pods a workload has that an autoscaler decides on otherwise. Resolves to whether it was done: who may not
 * change a workload leaves it to the autoscaler, which keeps to its bounds within a quarter of a minute.
 */
export async function setReplicasForNow(
  cluster: Cluster,
  workload: WorkloadObject,
  replicas: number,
): Promise<boolean> {
  try {
    await ordered(patched(cluster, workload, { spec: { replicas } }));
    return true;
  } catch (error) {
    if (isForbidden((error as Error).cause)) return false;
    throw error;
  }
}

/** Has every pod replaced, as `kubectl rollout restart` does: by the same annotation on the pod template, which stays. */
export async function restart(cluster: Cluster, workload: WorkloadObject): Promise<void> {
  await ordered(patched(cluster, workload, { spec: restarted(new Date().toISOString()) }));
}

/** As `restart`, and keeps what the template had there: to take it back replaces every pod once more. */
export async function restartForNow(cluster: Cluster, workload: WorkloadObject): Promise<void> {
  const now = await ordered(readNow(cluster, workload));
  const { template } = now.spec as V1DeploymentSpec;
  const before = restarted(template.metadata?.annotations?.[restartedAt] ?? null);
  const set = restarted(new Date().toISOString());
  await ordered(patched(cluster, workload, { metadata: { annotations: keeping(now, before, set) }, spec: set }));
}

/** Changes variables of a StatefulSet's pods, from the one with that number on; the others stay as they are. */
export async function rollOutFrom(
  cluster: Cluster,
  workload: WorkloadObject,
  container: string,
  settings: Readonly<Record<string, string>>,
  partition: number,
): Promise<void> {
  if (workload.kind !== 'StatefulSet')
    throw new Error(`Half a rollout needs a StatefulSet, and ${workload.name} is none.`);
  const now = await ordered(readNow(cluster, workload));
  const spec = now.spec as V1StatefulSetSpec;
  const { env: own = [] } = spec.template.spec?.containers.find(({ name }) => name === container) ?? {};
  const names = Object.keys(settings);
  const before = names.map((name) => own.find((one) => one.name === name) ?? { name, $patch: 'delete' });
  const set = rolledOut(
    container,
    names.map((name) => ({ name, value: settings[name] })),
    partition,
  );
  const kept = rolledOut(container, before, spec.updateStrategy?.rollingUpdate?.partition ?? 0);
  await ordered(patched(cluster, workload, { metadata: { annotations: keeping(now, kept, set) }, spec: set }));
}

/** Undoes `rollOutFrom`, unless somebody else has set these fields since. */
export async function rollBack(cluster: Cluster, workload: WorkloadObject): Promise<void> {
  const { updateStrategy, template } = beforeTheLab(await ordered(readNow(cluster, workload))) ?? {};
  const spec = { ...(updateStrategy !== undefined && { updateStrategy }), ...(template !== undefined && { template }) };
  await ordered(patched(cluster, workload, { spec }));
}

function rolledOut(container: string, env: readonly object[], partition: number): SpecPart {
  return {
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } },
    template: { spec: { containers: [{ name: container, env }] } },
  };
}

/** Deletes a pod with the grace period that it has itself, or with another. */
export async function deletePod({ config, namespace }: Cluster, name: string, graceSeconds?: number): Promise<void> {
  const order = { name, namespace, ...(graceSeconds !== undefined && { gracePeriodSeconds: graceSeconds }) };
  await ordered(config.makeApiClient(CoreV1Api).deleteNamespacedPod(order));
}

/** Waits for an order to be taken, and says in few words why it is not. */
export async function ordered<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await bounded(call);
  } catch (error) {
    throw new Error(`The cluster does not take the order: ${whyOf(error)}.`, { cause: error });
  }
}
