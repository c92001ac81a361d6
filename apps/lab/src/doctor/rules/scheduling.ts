import {
  componentOf,
  containerOf,
  groupBy,
  helmUpgrade,
  kubectl,
  lastingPods,
  ownerOf,
  valueOf,
  type ClusterSnapshot,
  type Rule,
} from '../cluster-snapshot.js';
import type { KubePod } from '../kube-objects.js';
import { amountOf } from '../../platform/kubernetes/quantity.js';

/** What is enough for a try, of each resource that nodes run short of. */
const small: Readonly<Record<string, string>> = { cpu: '10m', memory: '64Mi' };

/** Pods for which there is no node. */
export const scheduling: Rule = (snapshot) => {
  const pods = lastingPods(snapshot).filter((pod) => why(pod) !== undefined);
  return groupBy(pods, (pod) => ownerOf(snapshot, pod)).map(([object, group]) => {
    const reason = why(group[0])!;
    const isOne = group.length === 1;
    const count = isOne ? 'a pod' : `${group.length} pods`;
    const resource = /Insufficient (\w+)/.exec(reason)?.[1];
    const sentence =
      resource === undefined
        ? `${object} has ${count} that no node takes.`
        : `${object} has ${count} that ${isOne ? 'asks' : 'ask'} for more ${resource} than any node has left.`;
    const mended = mendedBy(snapshot, group[0], reason, resource);
    const look = resource === undefined ? `describe pod ${group[0].metadata.name}` : 'describe nodes';
    return {
      object,
      sentence,
      evidence: [reason],
      next: mended === undefined ? [] : [mended],
      look: [kubectl(snapshot, look)],
    };
  });
};

function mendedBy(
  snapshot: ClusterSnapshot,
  pod: KubePod,
  reason: string,
  resource: string | undefined,
): string | undefined {
  if (resource === undefined) {
    return reason.includes('node affinity/selector') ? helmUpgrade(snapshot, 'nodeSelector=null') : undefined;
  }
  const value = valueOf(componentOf(pod));
  const asked = containerOf(pod, value)?.resources?.requests?.[resource];
  const less = small[resource];
  // Below that it is not the request that is too much, but the cluster that is too small.
  if (asked === undefined || less === undefined || amountOf(asked) <= amountOf(less)) return undefined;
  return helmUpgrade(snapshot, `${value}.resources.requests.${resource}=${less}`);
}

/** Why the scheduler has found no node; a claim that waits for storage has a rule of its own. */
function why({ status }: KubePod): string | undefined {
  const condition = status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (condition?.status !== 'False') return undefined;
  return condition.message?.includes('PersistentVolumeClaim') ? undefined : (condition.message ?? 'Unschedulable');
}
