import type { KubeEvent, Pod } from '../kube-objects.js';
import {
  groupBy,
  helmUpgrade,
  kubectl,
  lastingPods,
  nameOf,
  ownerOf,
  type Finding,
  type Rule,
  type ClusterSnapshot,
} from '../cluster-snapshot.js';

/** Pods for which there is no node, and pods that the cluster refuses to make. */
export const scheduling: Rule = (snapshot) => [...homeless(snapshot), ...refused(snapshot)];

function homeless(snapshot: ClusterSnapshot): Finding[] {
  const pods = lastingPods(snapshot).filter((pod) => why(pod) !== undefined);
  return groupBy(pods, (pod) => ownerOf(snapshot, pod)).map(([object, group]) => {
    const reason = why(group[0])!;
    const isOne = group.length === 1;
    const count = isOne ? 'a pod' : `${group.length} pods`;
    const resource = /Insufficient (\w+)/.exec(reason)?.[1];
    const hint =
      resource === undefined
        ? kubectl(snapshot, `describe pod ${group[0].metadata.name}`)
        : helmUpgrade(snapshot, `${valueOf(group[0])}.resources.requests.${resource}=<less>`);
    const sentence =
      resource === undefined
        ? `${object} has ${count} that no node takes.`
        : `${object} has ${count} that ${isOne ? 'asks' : 'ask'} for more ${resource} than any node has left.`;
    return {
      object,
      sentence,
      evidence: [reason],
      next: resource === undefined ? [hint] : [kubectl(snapshot, 'describe nodes'), hint],
    };
  });
}

/** Why the scheduler has found no node; a claim that waits for storage is told by its own rule. */
function why({ status }: Pod): string | undefined {
  const condition = status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (condition?.status !== 'False') return undefined;
  return condition.message?.includes('PersistentVolumeClaim') ? undefined : (condition.message ?? 'Unschedulable');
}

/** The key of values.yaml that a pod's resources come from. */
function valueOf({ metadata }: Pod): string {
  const component = metadata.labels?.['app.kubernetes.io/component'] ?? 'account';
  return component.startsWith('session') ? 'session' : component;
}

/** A quota, or Pod Security: only events tell it. */
function refused(snapshot: ClusterSnapshot): Finding[] {
  return snapshot.workloads
    .filter(({ spec, status }) => (status.replicas ?? 0) < (spec.replicas ?? 1))
    .flatMap((workload) => {
      const event = refusal(snapshot.events, workload.metadata.name);
      if (event === undefined) return [];
      return [
        {
          object: nameOf(workload),
          sentence: `The cluster refuses to make pods of ${nameOf(workload)}.`,
          evidence: [event.message ?? ''],
          next: [kubectl(snapshot, 'get events --field-selector reason=FailedCreate')],
        },
      ];
    });
}

/** A Deployment's refusal is told of its ReplicaSet, whose name begins with the Deployment's. */
function refusal(events: readonly KubeEvent[], name: string): KubeEvent | undefined {
  return events.findLast(
    ({ reason, involvedObject }) =>
      reason === 'FailedCreate' && new RegExp(`^${name}(-[a-z0-9]+)?$`).test(involvedObject.name),
  );
}
