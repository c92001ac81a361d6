import type { V1Deployment, V1Pod, V1StatefulSet, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import type { WorkloadName } from '../../modes.js';
import { componentOf, type Bank, type WorkloadObject } from './bank.js';
import type { Target } from './patches.js';
import { phaseOf, troubleOf } from './pod-state.js';
import type { Watched } from './watched.js';

/** What is watched, each kept up to date by the cluster itself. */
export interface WatchedParts {
  readonly pods: Watched<V1Pod>;
  readonly deployments: Watched<V1Deployment>;
  readonly statefulSets: Watched<V1StatefulSet>;
  readonly autoscalers: Watched<V2HorizontalPodAutoscaler>;
}

/** How a bank is by what the watches have told so far; asks nothing of the cluster. */
export class BankState {
  constructor(
    private readonly bank: Bank,
    private readonly watched: WatchedParts,
  ) {}

  /** The pods of a workload, or of all, but for those that have ended. */
  pods(workload?: WorkloadName): V1Pod[] {
    return this.watched.pods
      .all()
      .filter((pod) => componentOf(pod) !== undefined && (workload ?? componentOf(pod)) === componentOf(pod))
      .filter((pod) => phaseOf(pod) !== 'gone')
      .toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
  }

  pod(name: string): V1Pod | undefined {
    return this.watched.pods.find(name);
  }

  /** That very pod, not a successor of its name, while it is on record, were it as terminating. */
  podOf(uid: string): V1Pod | undefined {
    return this.watched.pods.all().find((pod) => uidOf(pod) === uid);
  }

  /** @throws Error when the release has no such workload */
  object(workload: WorkloadName): WorkloadObject {
    const object = this.bank.workloads.get(workload);
    if (object === undefined) throw new Error(`The release has no ${workload}.`);
    return object;
  }

  /** How many pods the workload is told to have. */
  wished(workload: WorkloadName): number {
    return this.#controller(workload)?.spec?.replicas ?? 1;
  }

  /** Changes with each change of what is wished. */
  generation(workload: WorkloadName): number {
    return this.#controller(workload)?.metadata?.generation ?? 0;
  }

  /** Whether exactly the pods that are wished for are there, and ready. */
  isSettled(workload: WorkloadName): boolean {
    const seen = (this.#controller(workload)?.status?.observedGeneration ?? 0) >= this.generation(workload);
    const pods = this.pods(workload);
    return seen && pods.length === this.wished(workload) && pods.every((pod) => phaseOf(pod) === 'ready');
  }

  autoscaler(workload: WorkloadName): V2HorizontalPodAutoscaler | undefined {
    const { kind, name } = this.object(workload);
    return this.watched.autoscalers
      .all()
      .find(({ spec }) => spec?.scaleTargetRef.kind === kind && spec.scaleTargetRef.name === name);
  }

  /** A workload and its autoscaler, of which the lab may have moved something. */
  targets(workload: WorkloadName): Target[] {
    const name = this.autoscaler(workload)?.metadata?.name;
    const autoscaler: Target[] = name === undefined ? [] : [{ kind: 'HorizontalPodAutoscaler', name }];
    return [...autoscaler, this.object(workload)];
  }

  /** What keeps the bank from being settled, in words. */
  trouble(): string {
    const late = this.pods().filter((pod) => phaseOf(pod) !== 'ready');
    const told = late.map((pod) => `${nameOf(pod)} is ${phaseOf(pod)} (${troubleOf(pod)})`);
    return told.join('; ') || 'the number of pods is wrong';
  }

  #controller(workload: WorkloadName): V1Deployment | V1StatefulSet | undefined {
    const { kind, name } = this.object(workload);
    return kind === 'Deployment' ? this.watched.deployments.find(name) : this.watched.statefulSets.find(name);
  }
}

export function uidOf(pod: V1Pod): string {
  return pod.metadata?.uid ?? '';
}

export function nameOf(pod: V1Pod): string {
  return pod.metadata?.name ?? '';
}
