import type { Autoscaler, KubeWorkload } from '../doctor/kube-objects.js';

/** Whether every pod that a workload should have is there, new and ready. */
export function isRolledOut({ kind, metadata, spec, status }: KubeWorkload): boolean {
  const wanted = spec.replicas ?? 1;
  const { observedGeneration = 0, updatedReplicas = 0, readyReplicas = 0, replicas = 0 } = status;
  if (observedGeneration < (metadata.generation ?? 0)) return false;
  // A StatefulSet that is whole says nothing of updated pods any more but by its revisions.
  const updated =
    kind === 'Deployment' ? updatedReplicas : status.currentRevision === status.updateRevision ? replicas : 0;
  return readyReplicas === wanted && replicas === wanted && updated === wanted;
}

/** What is still being waited for, in words; nothing when all is well. */
export function awaited(objects: readonly (KubeWorkload | Autoscaler)[]): string[] {
  const short = objects
    .filter((object) => object.kind !== 'HorizontalPodAutoscaler')
    .filter((workload) => !isRolledOut(workload))
    .map(({ metadata, spec, status }) => `${metadata.name} ${status.readyReplicas ?? 0}/${spec.replicas ?? 1}`);
  const blind = objects.filter((object) => object.kind === 'HorizontalPodAutoscaler' && !readsItsMetric(object)).length;
  return blind === 0 ? short : [...short, `${blind} ${blind === 1 ? 'HPA reads' : 'HPAs read'} no CPU yet`];
}

/** Whether an HPA has a figure to decide by. */
function readsItsMetric({ status }: Autoscaler): boolean {
  return status?.conditions?.some(({ type, status: value }) => type === 'ScalingActive' && value === 'True') ?? false;
}
