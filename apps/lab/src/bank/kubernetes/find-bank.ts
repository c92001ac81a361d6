import {
  AppsV1Api,
  type V1Deployment,
  type V1DeploymentList,
  type V1StatefulSet,
  type V1StatefulSetList,
} from '@kubernetes/client-node';
import { modeOfWorkload, modes, type WorkloadName } from '../modes.js';
import { bounded } from '../../platform/bounded.js';
import { kubectl, type ClusterFound } from '../../platform/kubernetes/cluster.js';
import { ClusterFault, isForbidden, whyOf } from '../../platform/kubernetes/cluster-fault.js';
import { type KubernetesTarget, type LabelledObject, labels } from '../../platform/kubernetes/target.js';
import type { Affinity } from '../../platform/platform.js';

const ofTheChart = `${labels.chart}=tellers`;
const known = new Set<string>(['auth', ...Object.values(modes).map(({ workload }) => workload)]);

/**
 * Finds the chart's release, in the cluster's namespace or, where that is not said, in whichever has one.
 * @throws ClusterFault when the cluster does not answer, and when there is none, or more than one and none was named
 */
export async function findBank(cluster: ClusterFound, release?: string): Promise<KubernetesTarget> {
  const api = cluster.config.makeApiClient(AppsV1Api);
  const labelSelector = release === undefined ? ofTheChart : `${ofTheChart},${labels.release}=${release}`;
  const { config, namespace } = cluster;
  const lists: Promise<[V1DeploymentList, V1StatefulSetList]> =
    namespace === undefined
      ? Promise.all([
          api.listDeploymentForAllNamespaces({ labelSelector }),
          api.listStatefulSetForAllNamespaces({ labelSelector }),
        ])
      : Promise.all([
          api.listNamespacedDeployment({ namespace, labelSelector }),
          api.listNamespacedStatefulSet({ namespace, labelSelector }),
        ]);
  try {
    const [deployments, statefulSets] = await bounded(lists);
    return bankIn({ deployments: deployments.items, statefulSets: statefulSets.items }, cluster);
  } catch (error) {
    if (error instanceof ClusterFault) throw error;
    // Who may look at one namespace alone has it in the context, as kubectl reads it.
    const own = config.getContextObject(config.currentContext)?.namespace;
    if (isForbidden(error) && namespace === undefined && own !== undefined) {
      return findBank({ ...cluster, namespace: own }, release);
    }
    const { server } = config.getCurrentCluster()!;
    throw new ClusterFault(
      `The cluster at ${server} does not let itself be asked: ${whyOf(error)}. Try: ${kubectl(cluster)} get deployments` +
        (namespace === undefined ? ' --all-namespaces, or say --namespace' : ''),
    );
  }
}

/** Which release these objects are, and which of its workloads are there. */
export function bankIn(
  found: { readonly deployments: readonly V1Deployment[]; readonly statefulSets: readonly V1StatefulSet[] },
  cluster: ClusterFound,
): KubernetesTarget {
  const objects = [
    ...found.deployments.map((object) => ({ object, kind: 'Deployment' as const })),
    ...found.statefulSets.map((object) => ({ object, kind: 'StatefulSet' as const })),
  ].filter(({ object }) => componentOf(object) !== undefined);
  const banks = new Map(
    objects.map(({ object: { metadata } }) => {
      const at = { namespace: metadata?.namespace ?? '', release: metadata?.labels?.[labels.release] ?? '' };
      return [`--namespace ${at.namespace} --release ${at.release}`, at] as const;
    }),
  );
  const [bank] = banks.values();
  if (bank === undefined) {
    const { namespace = 'tellers' } = cluster;
    const where = cluster.namespace === undefined ? 'on the cluster' : `in the namespace ${namespace}`;
    throw new ClusterFault(
      `There is no bank ${where}. To open one: helm install tellers helm/tellers --namespace ${namespace} --create-namespace`,
    );
  }
  if (banks.size > 1)
    throw new ClusterFault(`There are several banks. Choose one: ${[...banks.keys()].join(', or ')}.`);
  const workloads = new Map(
    objects.map(({ object, kind }) => [componentOf(object)!, { kind, name: object.metadata!.name! }] as const),
  );
  if (!workloads.has('auth') || !workloads.has('account')) {
    throw new ClusterFault(
      `The bank ${bank.release} has no account pods, where customers read their statements and the ledger is audited. ` +
        'Install it with modes.stateless.enabled=true.',
    );
  }
  return {
    ...bank,
    selector: `${ofTheChart},${labels.release}=${bank.release}`,
    workloads,
    affinityOf,
    workloadOf: componentOf,
  };
}

/** The workload that an object belongs to, by its component label; undefined for what is not the bank's own. */
export function componentOf(object: LabelledObject): WorkloadName | undefined {
  const component = object.metadata?.labels?.[labels.component];
  return component !== undefined && known.has(component) ? (component as WorkloadName) : undefined;
}

function affinityOf(workload: string): Affinity {
  return modeOfWorkload(workload)?.affinity ?? 'none';
}
