import { isRolledOut } from '../../provision/readiness.js';
import {
  componentOf,
  helmUpgrade,
  kubectl,
  nameOf,
  valueOf,
  type ClusterSnapshot,
  type Finding,
  type Rule,
} from '../cluster-snapshot.js';
import type { KubeWorkload } from '../kube-objects.js';
import { added } from '../../platform/kubernetes/quantity.js';

/** Pods that the cluster refuses to make: a quota, a LimitRange, Pod Security. Old pods may still serve meanwhile. */
export const refused: Rule = (snapshot) =>
  snapshot.workloads
    .filter((workload) => !isRolledOut(workload))
    .flatMap((workload) => {
      const message = refusalOf(snapshot, workload);
      if (message === undefined) return [];
      const object = nameOf(workload);
      const { replicas = 1 } = workload.spec;
      const { updatedReplicas = 0 } = workload.status;
      const count = `${updatedReplicas} of ${replicas} pods are as they should be`;
      return [{ object, evidence: [message], ...causeOf(snapshot, workload, message, count) }];
    });

function causeOf(
  snapshot: ClusterSnapshot,
  workload: KubeWorkload,
  message: string,
  count: string,
): Pick<Finding, 'sentence' | 'next' | 'look'> {
  const object = nameOf(workload);
  const quota = /exceeded quota: ([^,\s]+), requested: (\S+), used: (\S+), limited: (\S+)/.exec(message);
  if (quota !== null) {
    const [, name, requested, , limited] = quota as unknown as [string, string, string, string, string];
    return {
      sentence: `The quota ${name} lets no more pods of ${object} be made: ${count}.`,
      next: [`${kubectl(snapshot, `patch resourcequota ${name}`)} --patch '${moreOf(snapshot, requested, limited)}'`],
    };
  }
  const sets = limitRangeSets(componentOf(workload), message);
  if (sets.length > 0) {
    return {
      sentence: `A LimitRange of the namespace ${snapshot.namespace} refuses the pods of ${object}: ${count}.`,
      next: [helmUpgrade(snapshot, sets.join(','))],
    };
  }
  return {
    sentence: `The cluster refuses to make pods of ${object}: ${count}.`,
    next: [],
    look: [kubectl(snapshot, 'get events --field-selector reason=FailedCreate')],
  };
}

/** A quota that has room for every pod that is still to be made, and for one more of each rollout. */
function moreOf({ workloads }: ClusterSnapshot, requested: string, limited: string): string {
  const missing = workloads
    .filter((workload) => !isRolledOut(workload))
    .map(
      ({ kind, spec, status }) =>
        (spec.replicas ?? 1) - (status.updatedReplicas ?? 0) + (kind === 'Deployment' ? 1 : 0),
    )
    .reduce((sum, count) => sum + count, 0);
  const one = pairsOf(requested);
  const hard = Object.entries(pairsOf(limited)).map(([what, limit]) => [what, added(limit, one[what] ?? '0', missing)]);
  return JSON.stringify({ spec: { hard: Object.fromEntries(hard) } });
}

function pairsOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').map((pair) => pair.split('=') as [string, string]));
}

/** What to set so that a container is within the bounds that it was refused by. */
function limitRangeSets(component: string, message: string): string[] {
  const breaches = message.matchAll(
    /(maximum|minimum) ([\w-]+) usage per Container is ([^,\s]+?)[,.]? ?but (limit|request) is/g,
  );
  return [...breaches].flatMap(([, bound, resource, amount]) => {
    const at = `${valueOf(component)}.resources`;
    const set = `${at}.${bound === 'maximum' ? 'limits' : 'requests'}.${resource}=${amount}`;
    // Redis may fill half of its limit alone.
    const isRedis = component === 'redis' && resource === 'memory' && bound === 'maximum';
    return isRedis ? [set, `redis.maxmemory=${Math.floor(Number.parseInt(amount!, 10) / 2)}mb`] : [set];
  });
}

/** A Deployment says it itself; of a StatefulSet that is short of pods events do, which stay for an hour. */
function refusalOf({ events }: ClusterSnapshot, { metadata, spec, status, kind }: KubeWorkload): string | undefined {
  if (kind === 'Deployment') {
    const failure = status.conditions?.find(({ type, status: value }) => type === 'ReplicaFailure' && value === 'True');
    return failure?.message;
  }
  if ((status.replicas ?? 0) >= (spec.replicas ?? 1)) return undefined;
  const refusals = events.filter(({ involvedObject: { kind: of, name } }) => of === kind && name === metadata.name);
  return refusals.findLast(({ reason }) => reason === 'FailedCreate')?.message;
}
