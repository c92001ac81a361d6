import { CannotHere } from '../cannot-here.js';
import { TargetState, nameOf, type WatchedParts } from './target-state.js';
import { keptAnnotation, type Movable } from './before-the-lab.js';
import type { Cluster } from './cluster.js';
import { cpuBefore, limitCpu } from './cpu-limit.js';
import { labEntries } from './field-ownership.js';
import type { PatchTarget } from './patches.js';
import { takeBack } from './take-back.js';
import type { KubernetesTarget } from './target.js';

/** Takes back whatever an earlier lab has left moved of a bank. Resolves to whether there was anything. */
export async function takeAllBack(
  cluster: Cluster,
  target: KubernetesTarget,
  watched: WatchedParts,
  say: (sentence: string) => void,
): Promise<boolean> {
  const state = new TargetState(target, watched);
  const all = [...watched.autoscalers.all(), ...watched.deployments.all(), ...watched.statefulSets.all()];
  const marked = new Set(all.filter(isMarked).map(({ metadata }) => metadata?.name));
  let any = false;
  for (const object of [...target.workloads.keys()].flatMap((workload) => state.targets(workload))) {
    if (!marked.has(object.name) || !(await takeBack(cluster, object))) continue;
    any = true;
    say(sentenceFor(object));
  }
  for (const pod of state.pods()) {
    const owner = [...watched.deployments.all(), ...watched.statefulSets.all()].find(
      (one) => target.workloadOf(one) === target.workloadOf(pod),
    );
    const before = owner?.spec && cpuBefore(pod, owner.spec.template);
    if (before === undefined) continue;
    any = true;
    try {
      await limitCpu(cluster, before.pod, before.cpu);
      say(`Pod: ${nameOf(pod)} has its CPU back, which an earlier run limited`);
    } catch (error) {
      // A lab in the cluster has no right to it, and needs none for anything else.
      if (!(error instanceof CannotHere)) throw error;
      say(`Pod: ${nameOf(pod)} keeps the CPU limit of an earlier run. ${error.message}`);
    }
  }
  return any;
}

function isMarked(object: Movable): boolean {
  return labEntries(object).length > 0 || object.metadata?.annotations?.[keptAnnotation] !== undefined;
}

function sentenceFor({ kind, name }: PatchTarget): string {
  return kind === 'HorizontalPodAutoscaler'
    ? `Autoscaler: ${name} has its bounds back, which an earlier run moved`
    : `${kind}: ${name} is again as it was before an earlier run`;
}
