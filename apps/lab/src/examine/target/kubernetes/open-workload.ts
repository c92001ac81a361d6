import type { V1DeploymentStatus } from '@kubernetes/client-node';
import { ClusterFault } from '../../../platform/kubernetes/cluster-fault.js';
import { findCluster, type Cluster, type ClusterSelection } from '../../../platform/kubernetes/cluster.js';
import { EventMapper } from '../../../platform/kubernetes/event-mapper.js';
import type { WorkloadController } from '../../../platform/kubernetes/patches.js';
import { isMarked, takeAllBack } from '../../../platform/kubernetes/take-back.js';
import type { ExaminedWorkloads, LabelledObject, WorkloadObject } from '../../../platform/kubernetes/target.js';
import type { WatchedParts } from '../../../platform/kubernetes/target-state.js';
import { patienceMs, Workloads } from '../../../platform/kubernetes/workloads.js';
import type { PodEvent } from '../../../platform/platform.js';
import { Signal } from '../../../platform/signal.js';
import { findWorkload, isPodOf, ownerOf, selectorText } from './find-workload.js';
import { rollObstacle } from './obstacles.js';
import { grantedBy, inWords, missingOf, rightsToLook, rightsToSeeAutoscalers } from './rights.js';
import { watchWorkload } from './watch-workload.js';
import { readWorkloadName, workloadName } from './workload-name.js';

export interface WorkloadSelection extends Pick<ClusterSelection, 'context' | 'namespace'> {
  /** As `deployment/cart`. */
  readonly workload: string;
}

/** A workload that is watched. */
export interface OpenWorkload {
  readonly cluster: Cluster;
  readonly object: WorkloadObject;
  /** As `deployment/cart`. */
  readonly name: string;
  readonly controller: WorkloadController;
  /** Finds its pods. */
  readonly selector: string;
  readonly examined: ExaminedWorkloads;
  readonly watched: WatchedParts;
  readonly workloads: Workloads;
}

/**
 * Finds a workload and watches it; without a namespace in the one that kubectl would take.
 * @throws UserError with what to do
 */
export async function openWorkload(selection: WorkloadSelection): Promise<OpenWorkload> {
  const object = readWorkloadName(selection.workload);
  const name = workloadName(object);
  const found = findCluster(selection);
  const own = found.config.getContextObject(found.config.currentContext)?.namespace;
  const cluster: Cluster = { ...found, namespace: found.namespace ?? own ?? 'default' };
  const controller = await findWorkload(cluster, object);
  const owner = ownerOf(controller);
  if (owner?.kind === 'Deployment') {
    throw new ClusterFault(`${name} belongs to a deployment. Name that one: --workload deployment/${owner.name}`);
  }
  const missing = await missingOf(cluster, rightsToLook(object));
  if (missing.length > 0) {
    const words = missing.map(inWords).join(', ');
    throw new ClusterFault(`To look at ${name} in the namespace ${cluster.namespace} takes ${words}. ${grantedBy}`);
  }
  const identity = { ...object, uid: controller.metadata?.uid ?? '' };
  const examined: ExaminedWorkloads = {
    workloads: new Map([[name, object]]),
    workloadOf: (one: LabelledObject) => (isPodOf(identity, one) ? name : undefined),
  };
  const eventMapper = new EventMapper(examined);
  const changed = new Signal<readonly PodEvent[]>();
  const selector = selectorText(controller.spec?.selector ?? {});
  const watched = await watchWorkload({
    cluster,
    object,
    selector,
    seesAutoscalers: (await missingOf(cluster, rightsToSeeAutoscalers)).length === 0,
    onChange: (pod, gone) => changed.give(pod === undefined ? [] : eventMapper.read(pod, gone)),
  });
  const workloads = new Workloads({ watched, cluster, target: examined, eventMapper, changed });
  return { cluster, object, name, controller, selector, examined, watched, workloads };
}

/** Puts back what a lab that died has left moved of a workload, and waits until that is so. Resolves to whether anything was. */
export async function putBack(opened: OpenWorkload, say: (sentence: string) => void): Promise<boolean> {
  const { cluster, name, examined, watched, workloads } = opened;
  const was = await takeAllBack(cluster, examined, watched, say);
  const isBack = (): boolean => !isLeftMoved(opened) && workloads.state.isSettled(name) && isRolledOut(opened);
  if (was) await workloads.until(isBack, patienceMs);
  return was;
}

/** Whether every pod is made as its workload's template is now, unless its strategy leaves some as they were. */
function isRolledOut({ object, name, watched, workloads }: OpenWorkload): boolean {
  const controller = watched.controllers.get(object.kind)?.find(object.name);
  if (controller === undefined || rollObstacle(object, controller) !== undefined) return true;
  return ((controller.status as V1DeploymentStatus).updatedReplicas ?? 0) === workloads.state.desired(name);
}

/** Whether a lab that died has left something moved of a workload. */
export function isLeftMoved({ object, name, watched, workloads }: OpenWorkload): boolean {
  const controller = watched.controllers.get(object.kind)?.find(object.name);
  const autoscaler = workloads.state.autoscaler(name);
  return [controller, autoscaler].some((one) => one !== undefined && isMarked(one));
}

/**
 * Puts back what a lab that died has left moved of a workload.
 * @throws UserError with what to do
 */
export async function restoreWorkload(selection: WorkloadSelection, say: (sentence: string) => void): Promise<void> {
  const opened = await openWorkload(selection);
  try {
    if (!(await putBack(opened, say))) say('No lab has left anything moved.');
  } finally {
    await opened.workloads.close();
  }
}
