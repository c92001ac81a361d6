import { PatchStrategy } from '@kubernetes/client-node';
import { CannotHere } from '../cannot-here.js';
import { beforeTheLab, keptAnnotation, labEntries, type Movable } from './before-the-lab.js';
import type { Cluster } from './cluster.js';
import { isForbidden, isMissing } from './cluster-fault.js';
import { cpuBefore, limitCpu } from './cpu-limit.js';
import { ordered } from './orders.js';
import { patched, readNow, type Patched, type PatchTarget } from './patches.js';
import type { ExaminedWorkloads } from './target.js';
import { TargetState, nameOf, type WatchedParts } from './target-state.js';

/** Whoever changes an object between our reading and our patch makes us read again. */
const tries = 10;

/**
 * Puts back what the lab has moved of an object and nobody else since, and has the lab own no field of it: who applies the
 * object next would conflict with it. Resolves to whether something was put back.
 */
export async function takeBack(cluster: Cluster, target: PatchTarget): Promise<boolean> {
  const now = await ordered(readNow(cluster, target)).catch((error: Error) => {
    // Who may not change it has moved nothing of it, and what KEDA's HPA was made of may be gone already.
    if (isForbidden(error.cause) || isMissing(error.cause)) return undefined;
    throw error;
  });
  if (now === undefined) return false;
  const before = beforeTheLab(now);
  const isKept = now.metadata?.annotations?.[keptAnnotation] !== undefined;
  const body = { metadata: { annotations: { [keptAnnotation]: null } }, ...(before !== undefined && { spec: before }) };
  await letGo(cluster, target, isKept ? await ordered(patched(cluster, target, body)) : now);
  return before !== undefined;
}

async function letGo(cluster: Cluster, target: PatchTarget, last: Patched): Promise<void> {
  let object = last;
  for (let again = tries; labEntries(object).length > 0; again -= 1) {
    const body = [
      { op: 'test', path: '/metadata/resourceVersion', value: object.metadata?.resourceVersion },
      ...labEntries(object).map((index) => ({ op: 'remove', path: `/metadata/managedFields/${index}` })),
    ];
    try {
      object = await ordered(patched(cluster, target, body, PatchStrategy.JsonPatch));
    } catch (error) {
      if (again === 0) throw error;
      object = await ordered(readNow(cluster, target));
    }
  }
}

/** Takes back whatever an earlier lab has left moved. Resolves to whether there was anything. */
export async function takeAllBack(
  cluster: Cluster,
  target: ExaminedWorkloads,
  watched: WatchedParts,
  say: (sentence: string) => void,
): Promise<boolean> {
  const state = new TargetState(target, watched);
  const controllers = [...watched.controllers.values()].flatMap((one) => one.all());
  const all = [...(watched.autoscalers?.all() ?? []), ...controllers];
  const marked = new Set(all.filter(isMarked).map(({ metadata }) => metadata?.name));
  let any = false;
  for (const object of [...target.workloads.keys()].flatMap((workload) => state.targets(workload))) {
    // Nobody watches KEDA's objects: each is asked.
    const mayBeMoved = marked.has(object.name) || object.kind === 'ScaledObject';
    if (!mayBeMoved || !(await takeBack(cluster, object))) continue;
    any = true;
    say(sentenceFor(object));
  }
  for (const pod of state.pods()) {
    const owner = controllers.find((one) => target.workloadOf(one) === target.workloadOf(pod));
    const before = owner?.spec?.template && cpuBefore(pod, owner.spec.template);
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

/** Whether a lab has moved something of an object, or owns a field of it. */
export function isMarked(object: Movable): boolean {
  return labEntries(object).length > 0 || object.metadata?.annotations?.[keptAnnotation] !== undefined;
}

function sentenceFor({ kind, name }: PatchTarget): string {
  return kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject'
    ? `Autoscaler: ${name} has its bounds back, which an earlier run moved`
    : `${kind}: ${name} is again as it was before an earlier run`;
}
