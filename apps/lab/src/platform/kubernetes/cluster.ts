import { KubeConfig } from '@kubernetes/client-node';
import { ClusterFault, whyOf } from './cluster-fault.js';

/** Which release on which cluster: without a context on kubectl's current one, without a namespace where one is found. */
export interface ClusterSelection {
  readonly context?: string;
  readonly namespace?: string;
  readonly release?: string;
}

/** A cluster that can be asked. */
export interface ClusterFound {
  readonly config: KubeConfig;
  /** Whether we run in a pod of it, and reach the other pods directly. */
  readonly inCluster: boolean;
  /** Where the bank is to be; undefined for wherever it is. */
  readonly namespace: string | undefined;
}

/** A cluster, and the namespace in it where the bank is. */
export interface Cluster extends ClusterFound {
  readonly namespace: string;
}

/** Names that the client library gives to a pod's own cluster, and to the one that it makes up where there is none. */
const inClusterContext = 'inClusterContext';
const madeUpContext = 'loaded-context';

/**
 * Reads the kubeconfig that kubectl would read (KUBECONFIG, ~/.kube/config), else what a pod is given. Asks nothing of
 * the cluster yet.
 * @throws ClusterFault
 */
export function findCluster({ context, namespace }: ClusterSelection): ClusterFound {
  const config = new KubeConfig();
  try {
    config.loadFromDefault();
  } catch (error) {
    throw new ClusterFault(`The kubeconfig cannot be read: ${whyOf(error)}. Try: kubectl config view`);
  }
  const names = config.getContexts().map(({ name }) => name);
  if (names.length === 0 || names[0] === madeUpContext) {
    throw new ClusterFault('No cluster is configured here (KUBECONFIG, ~/.kube/config). To make one: npm run kind');
  }
  if (context !== undefined && !names.includes(context)) {
    throw new ClusterFault(`There is no context "${context}". There are: ${names.join(', ')}.`);
  }
  if (context !== undefined) config.setCurrentContext(context);
  if (config.getCurrentCluster() === null) {
    throw new ClusterFault(`No context is current. Choose one by --context: ${names.join(', ')}.`);
  }
  const inside = config.currentContext === inClusterContext;
  // A pod may look at its own namespace alone.
  const own = inside ? config.getContextObject(inClusterContext)?.namespace : undefined;
  return { config, inCluster: inside, namespace: namespace ?? own };
}

/** kubectl, told where the bank is, for a sentence that says what to try. */
export function kubectl({ config, inCluster: inside, namespace }: ClusterFound): string {
  const context = inside ? '' : ` --context ${config.currentContext}`;
  return `kubectl${context}${namespace === undefined ? '' : ` --namespace ${namespace}`}`;
}
