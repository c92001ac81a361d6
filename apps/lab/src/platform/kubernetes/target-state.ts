import type { V1Pod, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { boundsObject } from './autoscaling.js';
import type { WorkloadController, PatchTarget } from './patches.js';
import { phaseOf, troubleOf } from './pod-state.js';
import type { WatchedList } from './watched.js';
import type { ExaminedWorkloads, WorkloadObject } from './target.js';

/** What is watched, each kept up to date by the cluster itself. */
export interface WatchedParts {
  readonly pods: WatchedList<V1Pod>;
  readonly controllers: ReadonlyMap<WorkloadObject['kind'], WatchedList<WorkloadController>>;
  /** Undefined where they may not be looked at. */
  readonly autoscalers: WatchedList<V2HorizontalPodAutoscaler> | undefined;
}

/** Ends the watches. */
export async function closeWatches({ pods, controllers, autoscalers }: WatchedParts): Promise<void> {
  const lists = [pods, ...controllers.values(), ...(autoscalers === undefined ? [] : [autoscalers])];
  await Promise.all(lists.map((one) => one.close()));
}

/** How the workloads are by what the watches have told so far; asks nothing of the cluster. */
export class TargetState {
  constructor(
    private readonly target: ExaminedWorkloads,
    private readonly watched: WatchedParts,
  ) {}

  /** The pods of a workload, or of all, but for those that have ended. */
  pods(workload?: string): V1Pod[] {
    return this.watched.pods
      .all()
      .filter((pod) => {
        const own = this.target.workloadOf(pod);
        return own !== undefined && (workload ?? own) === own;
      })
      .filter((pod) => phaseOf(pod) !== 'gone')
      .toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
  }

  /** None that has the labels alone, as another workload's may. */
  pod(name: string): V1Pod | undefined {
    return this.pods().find((pod) => nameOf(pod) === name);
  }

  /** That very pod, not a successor of its name, while it is on record, were it as terminating. */
  podOf(uid: string): V1Pod | undefined {
    return this.watched.pods.all().find((pod) => uidOf(pod) === uid);
  }

  /** @throws Error when there is no such workload */
  object(workload: string): WorkloadObject {
    const object = this.target.workloads.get(workload);
    if (object === undefined) throw new Error(`There is no ${workload} here.`);
    return object;
  }

  /** How many pods the workload is told to have. */
  desired(workload: string): number {
    return this.#controller(workload)?.spec?.replicas ?? 1;
  }

  /** Changes with each change of what is wished. */
  generation(workload: string): number {
    return this.#controller(workload)?.metadata?.generation ?? 0;
  }

  /** Whether exactly the pods that are wished for are there, and ready. */
  isSettled(workload: string): boolean {
    const seen = (this.#controller(workload)?.status?.observedGeneration ?? 0) >= this.generation(workload);
    const pods = this.pods(workload);
    return seen && pods.length === this.desired(workload) && pods.every((pod) => phaseOf(pod) === 'ready');
  }

  autoscaler(workload: string): V2HorizontalPodAutoscaler | undefined {
    const { kind, name } = this.object(workload);
    return this.watched.autoscalers
      ?.all()
      .find(({ spec }) => spec?.scaleTargetRef.kind === kind && spec.scaleTargetRef.name === name);
  }

  /** A workload and its autoscaler, of which the lab may have moved something. */
  targets(workload: string): PatchTarget[] {
    const autoscaler = this.autoscaler(workload);
    return [...(autoscaler === undefined ? [] : [boundsObject(autoscaler)]), this.object(workload)];
  }

  /** What keeps pods from being settled, in words. */
  trouble(): string {
    const late = this.pods().filter((pod) => phaseOf(pod) !== 'ready');
    const reported = late.map((pod) => `${nameOf(pod)} is ${phaseOf(pod)} (${troubleOf(pod)})`);
    return reported.join('; ') || 'the number of pods is wrong';
  }

  #controller(workload: string): WorkloadController | undefined {
    const { kind, name } = this.object(workload);
    return this.watched.controllers.get(kind)?.find(name);
  }
}

export function uidOf(pod: V1Pod): string {
  return pod.metadata?.uid ?? '';
}

export function nameOf({ metadata }: { readonly metadata?: { readonly name?: string } }): string {
  return metadata?.name ?? '';
}
