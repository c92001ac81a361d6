import { boundsIn } from '../../platform/kubernetes/autoscaling.js';
import { beforeTheLab, labFields, type SpecPart } from '../../platform/kubernetes/before-the-lab.js';
import {
  componentOf,
  containerOf,
  lastingPods,
  nameOf,
  valueOf,
  type ClusterSnapshot,
  type Rule,
} from '../cluster-snapshot.js';
import type { Autoscaler, KubePod, KubeWorkload, ScaledObject } from '../kube-objects.js';

/** What a lab has moved and has not put back: it is still at work, or it was killed. */
export const leftMoved: Rule = (snapshot) => {
  const { autoscalers, scaledObjects, workloads, context, namespace, release } = snapshot;
  const changes = [
    ...[...autoscalers, ...scaledObjects, ...workloads].flatMap(changeOf),
    ...lastingPods(snapshot).flatMap((pod) => cpuOf(snapshot, pod)),
  ];
  if (changes.length === 0) return [];
  return [
    {
      object: 'lab',
      sentence:
        `A lab has moved ${changes.join('; ')}. It puts that back when it ends: unless one is at work now, it was killed, ` +
        'and an upgrade may conflict with it (field manager tellers-lab).',
      next: [`npm run lab -- restore --context ${context} --namespace ${namespace} --release ${release}`],
    },
  ];
};

function changeOf(object: Autoscaler | ScaledObject | KubeWorkload): string[] {
  const before: SpecPart | undefined = beforeTheLab(object);
  if (before === undefined) return [];
  if (object.kind === 'HorizontalPodAutoscaler' || object.kind === 'ScaledObject') {
    const kind = object.kind === 'ScaledObject' ? 'scaledobject' : 'hpa';
    const [moved, own] = [object.spec, { ...object.spec, ...before }].map((spec) => {
      const { minReplicas, maxReplicas } = boundsIn(spec);
      return `${minReplicas} to ${maxReplicas}`;
    });
    return [`the bounds of ${kind}/${object.metadata.name} (${moved} pods, before it ${own})`];
  }
  const replicas =
    before.replicas === undefined
      ? []
      : [`the replicas of ${nameOf(object)} (${object.spec.replicas ?? 1}, before it ${before.replicas})`];
  return before.template === undefined ? replicas : [...replicas, `the settings of pods of ${nameOf(object)}`];
}

/** A pod's CPU limit, where it is another than its template's because of the lab. */
function cpuOf({ workloads }: ClusterSnapshot, pod: KubePod): string[] {
  if (!labFields(pod).some((path) => path.endsWith('/f:resources/f:limits/f:cpu'))) return [];
  const container = valueOf(componentOf(pod));
  const owner = workloads.find((workload) => componentOf(workload) === componentOf(pod));
  const template = owner?.spec.template?.spec?.containers.find(({ name }) => name === container);
  const [now, before] = [containerOf(pod, container), template].map((one) => one?.resources?.limits?.['cpu']);
  return before === undefined || now === before
    ? []
    : [`the CPU limit of pod/${pod.metadata.name} (${now}, before it ${before})`];
}
