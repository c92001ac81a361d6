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
import type { Autoscaler, KubePod, KubeWorkload } from '../kube-objects.js';

/** What a lab has moved and has not put back: it is still at work, or it was killed. */
export const leftMoved: Rule = (snapshot) => {
  const { autoscalers, workloads, context, namespace, release } = snapshot;
  const changes = [
    ...[...autoscalers, ...workloads].flatMap(changeOf),
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

function changeOf(object: Autoscaler | KubeWorkload): string[] {
  const before: SpecPart | undefined = beforeTheLab(object);
  if (before === undefined) return [];
  if (object.kind === 'HorizontalPodAutoscaler') {
    const { minReplicas = 1, maxReplicas } = object.spec;
    const own = { minReplicas, maxReplicas, ...before };
    const moved = `${minReplicas} to ${maxReplicas}`;
    return [
      `the bounds of hpa/${object.metadata.name} (${moved} pods, before it ${own.minReplicas} to ${own.maxReplicas})`,
    ];
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
