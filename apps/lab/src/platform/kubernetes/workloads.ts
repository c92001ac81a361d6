import type { V1Pod } from '@kubernetes/client-node';
import type { PodEvent } from '../platform.js';
import { killHere } from '../platform.js';
import type { Signal } from '../signal.js';
import { boundsObject, moveBounds, type atLeast } from './autoscaling.js';
import { kubectl, type Cluster } from './cluster.js';
import type { EventMapper } from './event-mapper.js';
import { deletePod, setReplicas, setReplicasForNow } from './orders.js';
import { takeBack } from './take-back.js';
import { closeWatches, TargetState, uidOf, type WatchedParts } from './target-state.js';
import type { ExaminedWorkloads, WorkloadObject } from './target.js';

export interface WorkloadParts {
  readonly watched: WatchedParts;
  readonly cluster: Cluster;
  readonly target: ExaminedWorkloads;
  readonly eventMapper: EventMapper;
  /** Given whenever something that is watched has changed. */
  readonly changed: Signal<readonly PodEvent[]>;
}

/** What a kill is on a cluster. */
export const killNote =
  `${killHere} a deletion with the shortest grace period: the kubelet leaves a pod two seconds from SIGTERM to ` +
  'SIGKILL, and what it saves in that time is not lost, as it would be in a crash.';

/** Above the grace period of a pod for each of several, and the time that a node takes to start one. */
export const patienceMs = 300_000;

/** Workloads that are watched, and what can be done to any: each order resolves when it is carried out. */
export class Workloads {
  readonly state: TargetState;
  /** Of which something is moved that is to be as before when this closes. */
  readonly #moved = new Set<string>();
  #closed: Promise<void> | undefined;

  constructor(private readonly parts: WorkloadParts) {
    this.state = new TargetState(parts.target, parts.watched);
  }

  /** Where an autoscaler owns the workload, its bounds are moved, so that it does not undo this; `close` moves them back. */
  scale(workload: string, replicas: number, boundsFor: typeof atLeast): Promise<void> {
    const { cluster } = this.parts;
    return this.#moving(workload, 'scaled', async () => {
      const autoscaler = this.state.autoscaler(workload);
      const isItsAutoscalers = autoscaler !== undefined && replicas > 0;
      if (isItsAutoscalers) await moveBounds(cluster, boundsObject(autoscaler), (own) => boundsFor(replicas, own));
      const before = this.state.generation(workload);
      const asBefore = this.state.desired(workload) === replicas;
      const object = this.state.object(workload);
      const isSet = isItsAutoscalers ? await setReplicasForNow(cluster, object, replicas) : true;
      if (!isItsAutoscalers) await setReplicas(cluster, object, replicas);
      return (): boolean => {
        // The watch tells of the order a moment later.
        if (isSet && !asBefore && this.state.generation(workload) === before) return false;
        const desired = this.state.desired(workload);
        return autoscaler === undefined ? desired === replicas : desired >= replicas;
      };
    });
  }

  /**
   * Deletes the pod with a grace period of a second, as near to a crash as the API comes: the kubelet sends SIGTERM and,
   * two seconds later, SIGKILL, for one second as for none (seen on 1.36). With none the pod would be off the record
   * while its process still answers, and nobody could tell when it is gone.
   */
  kill(pod: string): Promise<void> {
    return this.#delete(pod, 'killed', 1);
  }

  stop(pod: string): Promise<void> {
    return this.#delete(pod, 'stopped');
  }

  /** Gives an order that replaces pods of a workload; resolves when these are gone and their successors ready. */
  replace(workload: string, pods: readonly V1Pod[], order: (object: WorkloadObject) => Promise<void>): Promise<void> {
    const old = new Set(pods.map(uidOf));
    return this.#moving(workload, 'rolled', async () => {
      await order(this.state.object(workload));
      return () => !this.state.pods(workload).some((pod) => old.has(uidOf(pod)));
    });
  }

  settled(workloads: readonly string[], timeoutMs: number): Promise<void> {
    return this.until(() => workloads.every((workload) => this.state.isSettled(workload)), timeoutMs);
  }

  /** Resolves when the condition holds; rejects with what is in its way when that takes too long. */
  until(holds: () => boolean, timeoutMs: number): Promise<void> {
    const { changed, cluster } = this.parts;
    return changed.until(
      holds,
      timeoutMs,
      () => `Not so after ${timeoutMs / 1_000} s: ${this.state.trouble()}. Try: ${kubectl(cluster)} get pods`,
    );
  }

  /** Ends the watches and takes back what was moved of the workloads, which stay. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { cluster, watched } = this.parts;
    try {
      const moved = [...this.#moved].flatMap((workload) => this.state.targets(workload));
      await Promise.all(moved.map((target) => takeBack(cluster, target)));
    } finally {
      await closeWatches(watched);
    }
  }

  /** Gives an order to a workload, which resolves to what shows that it is carried out; resolves when all is settled then. */
  async #moving(workload: string, reason: string, order: () => Promise<() => boolean>): Promise<void> {
    const { eventMapper } = this.parts;
    eventMapper.because(workload, reason);
    this.#moved.add(workload);
    try {
      const isDone = await order();
      await this.until(() => isDone() && this.state.isSettled(workload), patienceMs);
    } finally {
      eventMapper.forget(workload);
    }
  }

  async #delete(name: string, reason: string, graceSeconds?: number): Promise<void> {
    const { cluster, eventMapper } = this.parts;
    const pod = this.state.pod(name);
    if (pod === undefined) throw new Error(`There is no pod ${name}.`);
    const uid = uidOf(pod);
    eventMapper.because(uid, reason);
    await deletePod(cluster, name, graceSeconds);
    await this.until(() => this.state.podOf(uid) === undefined, patienceMs);
  }
}
