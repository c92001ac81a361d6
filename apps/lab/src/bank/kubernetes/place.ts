import { CoreV1Api, type V1Node, type V1Pod } from '@kubernetes/client-node';
import { componentOf, findBank } from './find-bank.js';
import { bounded } from '../../platform/bounded.js';
import { isForbidden } from '../../platform/kubernetes/cluster-fault.js';
import { findCluster, type ClusterSelection } from '../../platform/kubernetes/cluster.js';
import { mainContainer } from '../../platform/kubernetes/pod-state.js';

/** What a bank on a cluster runs on, as Kubernetes writes it: what figures of a machine mean nothing without. */
export interface Place {
  readonly nodes: readonly {
    readonly name: string;
    readonly cpu: string;
    readonly memory: string;
    readonly system: string;
  }[];
  /** By workload, what a pod of it requests and may take. */
  readonly pods: Readonly<Record<string, { readonly requests: string; readonly limits: string }>>;
}

/** Reads where a bank runs; no nodes where the user may not look at any. */
export async function readPlace(desired: ClusterSelection): Promise<Place> {
  const found = findCluster(desired);
  const { namespace, selector } = await findBank(found, desired.release);
  const api = found.config.makeApiClient(CoreV1Api);
  const [pods, nodes] = await Promise.all([
    bounded(api.listNamespacedPod({ namespace, labelSelector: selector })),
    bounded(api.listNode()).catch((error: unknown) => {
      if (isForbidden(error)) return { items: [] };
      throw error;
    }),
  ]);
  return placeOf(nodes.items, pods.items);
}

/** The parts of the API's objects that a reader of figures wants to know. */
export function placeOf(nodes: readonly V1Node[], pods: readonly V1Pod[]): Place {
  return {
    nodes: nodes.map(({ metadata, status }) => ({
      name: metadata?.name ?? '',
      cpu: status?.capacity?.['cpu'] ?? 'unknown',
      memory: status?.capacity?.['memory'] ?? 'unknown',
      system: `${status?.nodeInfo?.osImage}, Linux ${status?.nodeInfo?.kernelVersion}, Kubernetes ${status?.nodeInfo?.kubeletVersion}`,
    })),
    pods: Object.fromEntries(
      pods.flatMap((pod) => {
        const workload = componentOf(pod);
        const { requests, limits } = mainContainer(pod)?.resources ?? {};
        return workload === undefined ? [] : [[workload, { requests: inWords(requests), limits: inWords(limits) }]];
      }),
    ),
  };
}

function inWords(resources: Readonly<Record<string, string>> = {}): string {
  const reported = Object.entries(resources).map(([name, quantity]) => `${name} ${quantity}`);
  return reported.length === 0 ? 'none' : reported.join(', ');
}
