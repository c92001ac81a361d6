import { AppsV1Api, CoreV1Api, type V1LabelSelector, type V1OwnerReference, type V1Pod } from '@kubernetes/client-node';
import { bounded } from '../../../platform/bounded.js';
import { ClusterFault, isForbidden, whyOf } from '../../../platform/kubernetes/cluster-fault.js';
import { kubectl, type Cluster } from '../../../platform/kubernetes/cluster.js';
import type { WorkloadController } from '../../../platform/kubernetes/patches.js';
import type { LabelledObject, WorkloadObject } from '../../../platform/kubernetes/target.js';
import { grantedBy } from './rights.js';
import { workloadName } from './workload-name.js';

/**
 * Reads a workload of a namespace.
 * @throws ClusterFault that says what there is instead, or which right is missing
 */
export async function findWorkload(cluster: Cluster, wanted: WorkloadObject): Promise<WorkloadController> {
  try {
    return await bounded(read(cluster, wanted));
  } catch (error) {
    const { config, namespace } = cluster;
    const name = workloadName(wanted);
    if ((error as { code?: unknown }).code === 404) throw new ClusterFault(await notThere(cluster, wanted));
    if (isForbidden(error)) {
      throw new ClusterFault(`${name} in the namespace ${namespace} may not be read: ${whyOf(error)}. ${grantedBy}`);
    }
    throw new ClusterFault(
      `The cluster at ${config.getCurrentCluster()!.server} does not let itself be asked: ${whyOf(error)}. ` +
        `Try: ${kubectl(cluster)} get ${name}`,
    );
  }
}

/** What owns a workload and would undo what is changed of it. */
export function ownerOf({ metadata }: LabelledObject): V1OwnerReference | undefined {
  return metadata?.ownerReferences?.find(({ controller }) => controller);
}

/** Whether a pod is the workload's own: another's may have the same labels, as a canary's has. */
export function isPodOf({ kind, name, uid }: WorkloadObject & { readonly uid: string }, pod: LabelledObject): boolean {
  const owner = ownerOf(pod);
  if (kind !== 'Deployment') return owner?.uid === uid;
  return owner?.kind === 'ReplicaSet' && owner.name === `${name}-${pod.metadata?.labels?.['pod-template-hash']}`;
}

/** A selector as the API takes it in a query. */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: V1LabelSelector): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
  });
  return [...labels, ...expressions].join(',');
}

/** The ports that a pod's containers say they listen on, for who named another. */
export function declaredPorts(pods: readonly V1Pod[]): string {
  const ports = pods.flatMap(({ spec }) => (spec?.containers ?? []).flatMap((one) => one.ports ?? []));
  const told = ports.map((one) => `${one.containerPort}${one.name === undefined ? '' : ` (${one.name})`}`);
  return [...new Set(told)].join(', ');
}

function read({ config, namespace }: Cluster, { kind, name }: WorkloadObject): Promise<WorkloadController> {
  const api = config.makeApiClient(AppsV1Api);
  switch (kind) {
    case 'Deployment':
      return api.readNamespacedDeployment({ name, namespace });
    case 'StatefulSet':
      return api.readNamespacedStatefulSet({ name, namespace });
    case 'ReplicaSet':
      return api.readNamespacedReplicaSet({ name, namespace });
  }
}

/** Lists workloads of one kind, or the one of that name: with the rights to that one alone. */
export function listWorkloads(
  { config, namespace }: Cluster,
  kind: WorkloadObject['kind'],
  fieldSelector?: string,
): Promise<{ items: WorkloadController[] }> {
  const api = config.makeApiClient(AppsV1Api);
  const asked = { namespace, ...(fieldSelector !== undefined && { fieldSelector }) };
  switch (kind) {
    case 'Deployment':
      return api.listNamespacedDeployment(asked);
    case 'StatefulSet':
      return api.listNamespacedStatefulSet(asked);
    case 'ReplicaSet':
      return api.listNamespacedReplicaSet(asked);
  }
}

async function notThere(cluster: Cluster, wanted: WorkloadObject): Promise<string> {
  const { config, namespace } = cluster;
  const core = config.makeApiClient(CoreV1Api);
  const isThere = await bounded(core.readNamespace({ name: namespace })).then(
    () => true,
    // Who may not look at namespaces is told of the workload alone.
    (error: { code?: unknown }) => error.code !== 404,
  );
  if (!isThere) {
    const names = await bounded(core.listNamespace()).then(
      ({ items }) => `There are: ${items.map(({ metadata }) => metadata?.name).join(', ')}.`,
      () => `Try: ${kubectl({ ...cluster, namespace: undefined })} get namespaces`,
    );
    return `There is no namespace ${namespace}. ${names}`;
  }
  const others = (await Promise.all(workloadKinds.map((kind) => namesOf(cluster, kind)))).flat();
  const missing = `There is no ${workloadName(wanted)} in the namespace ${namespace}`;
  if (others.length > 0) return `${missing}. There are: ${others.join(', ')}.`;
  return `${missing}, and nothing else that could be examined, as far as it may be listed: is it another --namespace?`;
}

const workloadKinds: readonly WorkloadObject['kind'][] = ['Deployment', 'StatefulSet', 'ReplicaSet'];

/** None of those that belong to another, and none where they may not be listed. */
async function namesOf(cluster: Cluster, kind: WorkloadObject['kind']): Promise<string[]> {
  const { items } = await bounded(listWorkloads(cluster, kind)).catch(() => ({ items: [] as WorkloadController[] }));
  return items
    .filter((one) => ownerOf(one) === undefined)
    .map(({ metadata }) => workloadName({ kind, name: metadata?.name ?? '' }));
}
