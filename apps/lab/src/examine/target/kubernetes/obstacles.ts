import type { V1DeploymentSpec, V1StatefulSetSpec, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import type { Cluster } from '../../../platform/kubernetes/cluster.js';
import type { WorkloadController } from '../../../platform/kubernetes/patches.js';
import type { WorkloadObject } from '../../../platform/kubernetes/target.js';
import type { TargetAbility } from '../target.js';
import { ownerOf } from './find-workload.js';
import {
  grantedBy,
  inWords,
  missingOf,
  rightsToChange,
  rightsToKill,
  rightsToMoveBounds,
  rightsToSeeAutoscalers,
  type Right,
} from './rights.js';
import { workloadName } from './workload-name.js';

export interface ExaminedWorkload {
  readonly cluster: Cluster;
  readonly object: WorkloadObject;
  readonly controller: WorkloadController;
  readonly autoscaler: V2HorizontalPodAutoscaler | undefined;
  readonly readOnly: boolean;
}

type Obstacles = Partial<Record<TargetAbility, string>>;

/** Why its pods cannot be killed, replaced or counted otherwise: by what was asked for, how it is made, and the rights. */
export async function obstaclesOf(examined: ExaminedWorkload): Promise<Obstacles> {
  const { cluster, object, controller, autoscaler, readOnly } = examined;
  if (readOnly) {
    const leftOut = 'It was left out: --read-only.';
    return { kill: leftOut, stop: leftOut, roll: leftOut, scale: leftOut };
  }
  const lacks = async (rights: readonly Right[], why = ''): Promise<string | undefined> => {
    const missing = await missingOf(cluster, rights);
    if (missing.length === 0) return undefined;
    return `The right is missing in the namespace ${cluster.namespace}${why}: ${missing.map(inWords).join(', ')}. ${grantedBy}`;
  };
  const bounds = autoscaler === undefined ? undefined : rightsToMoveBounds(autoscaler.metadata?.name ?? '');
  const kill = await lacks(rightsToKill);
  const change = await lacks(rightsToChange(object));
  const scale =
    ownedObstacle(object, controller) ??
    ownedObstacle(object, controller, autoscaler) ??
    (await lacks(rightsToSeeAutoscalers, ', to know whether an autoscaler scales it')) ??
    (bounds === undefined ? change : await lacks(bounds, ', to keep its autoscaler from scaling it back'));
  const roll = ownedObstacle(object, controller) ?? rollObstacle(object, controller) ?? change;
  return withoutUndefined({ kill, stop: kill, roll, scale });
}

/** Whoever owns a workload or its autoscaler would undo at once what is set there. */
function ownedObstacle(
  object: WorkloadObject,
  controller: WorkloadController,
  autoscaler?: V2HorizontalPodAutoscaler,
): string | undefined {
  const owner = ownerOf(autoscaler ?? controller);
  if (owner === undefined) return undefined;
  const owned = autoscaler === undefined ? workloadName(object) : `the autoscaler ${autoscaler.metadata?.name}`;
  return `${owner.kind} ${owner.name} owns ${owned} and would undo what is changed there: it was left alone.`;
}

/** What keeps a restart of the pods from replacing all of them. */
export function rollObstacle(object: WorkloadObject, { spec }: WorkloadController): string | undefined {
  const name = workloadName(object);
  if (object.kind === 'ReplicaSet') return `A ReplicaSet replaces no pods: name a deployment, if one is to be rolled.`;
  if (object.kind === 'Deployment') {
    return (spec as V1DeploymentSpec).paused
      ? `The rollouts of ${name} are paused. To resume them: kubectl rollout resume ${name}`
      : undefined;
  }
  const { type, rollingUpdate } = (spec as V1StatefulSetSpec).updateStrategy ?? {};
  if (type === 'OnDelete') return `${name} replaces a pod only when it is deleted (its update strategy is OnDelete).`;
  const { partition = 0 } = rollingUpdate ?? {};
  return partition > 0 ? `${name} replaces its pods from number ${partition} on alone (its partition).` : undefined;
}

function withoutUndefined(all: Readonly<Partial<Record<TargetAbility, string | undefined>>>): Obstacles {
  return Object.fromEntries(Object.entries(all).filter(([, why]) => why !== undefined));
}
