import { AuthorizationV1Api } from '@kubernetes/client-node';
import { bounded } from '../../../platform/bounded.js';
import type { Cluster } from '../../../platform/kubernetes/cluster.js';
import type { WorkloadObject } from '../../../platform/kubernetes/target.js';

/** A verb on a resource, as a Role grants it. */
export interface Right {
  readonly verb: string;
  /** The core group if not given. */
  readonly group?: string;
  /** With its subresource: `pods/portforward`. */
  readonly resource: string;
  /** Of that object alone. */
  readonly name?: string;
}

/** Ends each sentence about a right that is missing. */
export const grantedBy = 'The Role in docs/your-service-role.yaml grants what it takes.';

const all = (verbs: readonly string[], right: Omit<Right, 'verb'>): Right[] =>
  verbs.map((verb) => ({ verb, ...right }));

/** What it takes to look at a workload and to ask its pods one by one. */
export function rightsToLook({ kind, name }: WorkloadObject): Right[] {
  return [
    ...all(['get', 'list', 'watch'], { group: 'apps', resource: `${kind.toLowerCase()}s`, name }),
    ...all(['list', 'watch'], { resource: 'pods' }),
    // A WebSocket is opened by a GET; since Kubernetes 1.35 `create` is asked for beside it.
    ...all(['get', 'create'], { resource: 'pods/portforward' }),
  ];
}

/** What it takes to delete its pods. */
export const rightsToKill: readonly Right[] = [{ verb: 'delete', resource: 'pods' }];

/** What it takes to change it: to restart it, and to scale it where no autoscaler does. */
export function rightsToChange({ kind, name }: WorkloadObject): Right[] {
  return [{ verb: 'patch', group: 'apps', resource: `${kind.toLowerCase()}s`, name }];
}

const autoscalers = { group: 'autoscaling', resource: 'horizontalpodautoscalers' } as const;

/** What it takes to know whether an autoscaler scales it. */
export const rightsToSeeAutoscalers: readonly Right[] = all(['list', 'watch'], autoscalers);

/** What it takes to move the bounds of an autoscaler. */
export const rightsToMoveBounds = (name: string): Right[] => [{ verb: 'patch', ...autoscalers, name }];

/** What it takes to read what its pods use. */
export const rightsToMeasure: readonly Right[] = [{ verb: 'list', group: 'metrics.k8s.io', resource: 'pods' }];

/** What it takes to tell by their logs which of its pods answered. */
export const rightsToReadLogs: readonly Right[] = [{ verb: 'get', resource: 'pods/log' }];

/** Those of the rights that the kubeconfig's user does not have. */
export async function missingOf(cluster: Cluster, rights: readonly Right[]): Promise<Right[]> {
  const has = await Promise.all(rights.map((right) => isGranted(cluster, right)));
  return rights.filter((_, index) => !has[index]);
}

/** In the words of who has to grant it: `patch on deployments.apps (cart)`. */
export function inWords({ verb, group, resource, name }: Right): string {
  return `${verb} on ${resource}${group === undefined ? '' : `.${group}`}${name === undefined ? '' : ` (${name})`}`;
}

async function isGranted({ config, namespace }: Cluster, right: Right): Promise<boolean> {
  const [resource = '', subresource] = right.resource.split('/');
  const resourceAttributes = {
    namespace,
    verb: right.verb,
    group: right.group ?? '',
    resource,
    ...(subresource !== undefined && { subresource }),
    ...(right.name !== undefined && { name: right.name }),
  };
  const review = { body: { spec: { resourceAttributes } } };
  return bounded(config.makeApiClient(AuthorizationV1Api).createSelfSubjectAccessReview(review)).then(
    ({ status }) => status?.allowed ?? true,
    // A cluster that does not tell lets us try.
    () => true,
  );
}
