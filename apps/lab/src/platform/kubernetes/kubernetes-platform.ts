import type { V1Pod } from '@kubernetes/client-node';
import { sumOfMetric } from '../metrics-text.js';
import { CannotHere } from '../cannot-here.js';
import {
  killHere,
  type Affinity,
  type Autoscaling,
  type CpuLimit,
  type Platform,
  type Pod,
  type PodEvent,
  type PodUsage,
} from '../platform.js';
import type { StoreFaults } from '../store-faults.js';
import { atLeast, autoscalingOf, exactly, moveBounds } from './autoscaling.js';
import { TargetState, nameOf, uidOf, type WatchedParts } from './target-state.js';
import { BootIds } from './boot-ids.js';
import { kubectl, type Cluster } from './cluster.js';
import { whyOf } from './cluster-fault.js';
import { deletePod, restart, rollBack, rollOutFrom, setReplicas, setReplicasForNow } from './orders.js';
import type { PodAccess } from './pod-access.js';
import { EventMapper } from './event-mapper.js';
import { containerNameOf, ordinalOf, phaseOf } from './pod-state.js';
import { cpuLimitOf, limitCpu } from './cpu-limit.js';
import { Signal } from '../signal.js';
import { storeFaults } from './store-faults.js';
import { takeBack } from './take-back.js';
import type { KubernetesTarget, WorkloadObject } from './target.js';

export interface KubernetesParts {
  readonly watched: WatchedParts;
  readonly cluster: Cluster;
  readonly target: KubernetesTarget;
  readonly access: PodAccess;
  readonly baseUrl: string;
  readonly eventMapper: EventMapper;
  /** Whether this is to look alone: a pod that does not answer is then left out of what is read, and no error. */
  readonly looksOnly: boolean;
  /** Given whenever something that is watched has changed. */
  readonly changed: Signal<readonly PodEvent[]>;
}

/** Above the chart's grace period of a pod for each of several, and the time that a node takes to start one. */
const patienceMs = 300_000;

/** A release of the chart in a namespace of a cluster. */
export class KubernetesPlatform implements Platform {
  readonly name = 'kubernetes';
  readonly killNote =
    `${killHere} a deletion with the shortest grace period: the kubelet leaves a pod two seconds from SIGTERM to ` +
    'SIGKILL, and what it saves in that time is not lost, as it would be in a crash.';
  readonly baseUrl: string;
  readonly store: StoreFaults;
  readonly #state: TargetState;
  readonly #boots: BootIds;
  /** Of which something is moved that is to be as before when this closes. */
  readonly #moved = new Set<string>();
  /** From which pod on a workload has other settings. */
  readonly #rolledOut = new Map<string, number>();
  /** Why a pod told nothing when it was asked last, by its name. */
  readonly #silence = new Map<string, string>();
  #closed: Promise<void> | undefined;

  constructor(private readonly parts: KubernetesParts) {
    this.#state = new TargetState(parts.target, parts.watched);
    this.baseUrl = parts.baseUrl;
    this.store = storeFaults(parts);
    this.#boots = new BootIds(parts.access);
  }

  /** Which release it is, and where. */
  get bank(): Pick<KubernetesTarget, 'release' | 'namespace'> {
    return this.parts.target;
  }

  /** The workloads that the release has: those of the modes that are switched on in its values. */
  get workloads(): string[] {
    return [...this.parts.target.workloads.keys()];
  }

  async pods(workload?: string): Promise<Pod[]> {
    return Promise.all(
      this.#state.pods(workload).map(async (pod) => {
        const phase = phaseOf(pod);
        const bootId = phase === 'ready' ? await this.#boots.of(pod) : this.#boots.known(pod);
        return { name: nameOf(pod), workload: this.parts.target.workloadOf(pod)!, phase, bootId };
      }),
    );
  }

  /** Where an autoscaler owns the workload, its lower bound is moved, so that it does not undo this; `close` moves it back. */
  scale(workload: string, replicas: number): Promise<void> {
    return this.#scale(workload, replicas, atLeast);
  }

  /** As `scale`, but both of an autoscaler's bounds are moved. */
  scaleExactly(workload: string, replicas: number): Promise<void> {
    return this.#scale(workload, replicas, exactly);
  }

  #scale(workload: string, replicas: number, boundsFor: typeof atLeast): Promise<void> {
    const { cluster } = this.parts;
    return this.#moving(workload, 'scaled', async () => {
      const autoscaler = this.#state.autoscaler(workload);
      const isItsAutoscalers = autoscaler !== undefined && replicas > 0;
      if (isItsAutoscalers) await moveBounds(cluster, autoscaler.metadata!.name!, (own) => boundsFor(replicas, own));
      const before = this.#state.generation(workload);
      const asBefore = this.#state.desired(workload) === replicas;
      const object = this.#state.object(workload);
      const isSet = isItsAutoscalers ? await setReplicasForNow(cluster, object, replicas) : true;
      if (!isItsAutoscalers) await setReplicas(cluster, object, replicas);
      return (): boolean => {
        // The watch tells of the order a moment later.
        if (isSet && !asBefore && this.#state.generation(workload) === before) return false;
        const desired = this.#state.desired(workload);
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

  roll(workload: string): Promise<void> {
    return this.#replace(workload, this.#state.pods(workload), (object) => restart(this.parts.cluster, object));
  }

  rollOut(workload: string, settings: Readonly<Record<string, string>>, pods: number): Promise<void> {
    const { cluster } = this.parts;
    const all = this.#state.pods(workload);
    const before = this.#rolledOut.get(workload) ?? all.length;
    const partition = pods === 0 ? 0 : all.length - pods;
    const changed = pods === 0 ? before : Math.min(partition, before);
    if (pods === 0) this.#rolledOut.delete(workload);
    else this.#rolledOut.set(workload, partition);
    const old = all.filter((pod) => ordinalOf(nameOf(pod)) >= changed);
    return this.#replace(workload, old, (object) =>
      pods === 0
        ? rollBack(cluster, object)
        : rollOutFrom(cluster, object, containerNameOf(workload), settings, partition),
    );
  }

  settled(timeoutMs: number, only?: string): Promise<void> {
    const awaited = only === undefined ? this.workloads : [only];
    return this.#until(() => awaited.every((workload) => this.#state.isSettled(workload)), timeoutMs);
  }

  watch(listener: (event: PodEvent) => void): () => void {
    return this.parts.changed.listen((events) => events.forEach(listener));
  }

  async usage(workload?: string): Promise<ReadonlyMap<string, PodUsage>> {
    return this.#read(this.#state.pods(workload), (text) => ({
      memoryBytes: sumOfMetric(text, 'process_resident_memory_bytes'),
      cpuSeconds: sumOfMetric(text, 'process_cpu_seconds_total'),
    }));
  }

  async metric(
    workload: string,
    name: string,
    labels: Record<string, string> = {},
  ): Promise<ReadonlyMap<string, number>> {
    return this.#read(this.#state.pods(workload), (text) => sumOfMetric(text, name, labels));
  }

  silence(pod: string): string | undefined {
    return this.#silence.get(pod);
  }

  autoscaling(workload: string): Autoscaling | null {
    const autoscaler = this.#state.autoscaler(workload);
    return autoscaler === undefined ? null : autoscalingOf(autoscaler);
  }

  async ask(workload: string, path: string, timeoutMs: number): Promise<string> {
    const pod = this.#state.pods(workload).find((one) => phaseOf(one) === 'ready');
    if (pod === undefined) throw new Error(`${path} cannot be asked for: no ${workload} pod is ready.`);
    return (await this.parts.access.get(pod, path, timeoutMs)).text;
  }

  async setAffinity(workload: string, by: Affinity | 'as made'): Promise<void> {
    if (by === 'as made' || by === this.parts.target.affinityOf(workload)) return;
    throw new CannotHere(
      'On a cluster clients are led back as the chart has it, by cookie or not at all. A Service with sessionAffinity ' +
        'ClientIP behind an ingress sees the address of the ingress, the same for every client.',
    );
  }

  async limitCpu(workload: string, millicores: number): Promise<CpuLimit> {
    const { cluster } = this.parts;
    const pods = this.#state.pods(workload);
    const limit = async (amounts: readonly string[]): Promise<void> => {
      const there = pods.flatMap((pod, index) =>
        this.#state.podOf(uidOf(pod)) !== undefined ? [{ pod, cpu: amounts[index]! }] : [],
      );
      await Promise.all(there.map(({ pod, cpu }) => limitCpu(cluster, pod, cpu)));
      const isSo = (): boolean =>
        there.every(({ pod, cpu }) => {
          const now = this.#state.podOf(uidOf(pod));
          return now === undefined || cpuLimitOf(now) === cpu;
        });
      await this.#until(isSo, patienceMs);
    };
    const before = pods.map((pod) => cpuLimitOf(pod) ?? '500m');
    await limit(pods.map(() => `${millicores}m`));
    return {
      how: `Each pod's CPU limit was changed in place, from ${before[0]} to ${millicores}m (pods/resize).`,
      lift: () => limit(before),
    };
  }

  /** Ends the watches and takes back what was moved of the bank, which stays. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { access, cluster, watched } = this.parts;
    access.close();
    try {
      const moved = [...this.#moved].flatMap((workload) => this.#state.targets(workload));
      await Promise.all(moved.map((target) => takeBack(cluster, target)));
    } finally {
      await Promise.all(Object.values(watched).map((one) => one.close()));
    }
  }

  /** Gives an order that replaces pods of a workload; resolves when these are gone and their successors ready. */
  #replace(workload: string, pods: readonly V1Pod[], order: (object: WorkloadObject) => Promise<void>): Promise<void> {
    const old = new Set(pods.map(uidOf));
    return this.#moving(workload, 'rolled', async () => {
      await order(this.#state.object(workload));
      return () => !this.#state.pods(workload).some((pod) => old.has(uidOf(pod)));
    });
  }

  /** Gives an order to a workload, which resolves to what shows that it is carried out; resolves when all is settled then. */
  async #moving(workload: string, reason: string, order: () => Promise<() => boolean>): Promise<void> {
    const { eventMapper } = this.parts;
    eventMapper.because(workload, reason);
    this.#moved.add(workload);
    try {
      const isDone = await order();
      await this.#until(() => isDone() && this.#state.isSettled(workload), patienceMs);
    } finally {
      eventMapper.forget(workload);
    }
  }

  async #delete(name: string, reason: string, graceSeconds?: number): Promise<void> {
    const { cluster, eventMapper } = this.parts;
    const pod = this.#state.pod(name);
    if (pod === undefined) throw new Error(`There is no pod ${name}.`);
    const uid = uidOf(pod);
    eventMapper.because(uid, reason);
    await deletePod(cluster, name, graceSeconds);
    await this.#until(() => this.#state.podOf(uid) === undefined, patienceMs);
  }

  async #read<Value>(pods: readonly V1Pod[], value: (text: string) => Value): Promise<ReadonlyMap<string, Value>> {
    const { access, looksOnly } = this.parts;
    const found = pods
      .filter((pod) => phaseOf(pod) !== 'starting')
      .map(async (pod) => {
        try {
          const reported = value(await access.metrics(pod));
          this.#silence.delete(nameOf(pod));
          return [[nameOf(pod), reported] as const];
        } catch (error) {
          this.#silence.set(nameOf(pod), whyOf((error as Error).cause));
          // One that is on its way out may be gone before it answers; one that takes clients must answer.
          const now = this.#state.podOf(uidOf(pod));
          if (!looksOnly && now !== undefined && phaseOf(now) === 'ready') throw error;
          return [];
        }
      });
    return new Map((await Promise.all(found)).flat());
  }

  /** Resolves when the condition holds; rejects with what is in its way when that takes too long. */
  #until(holds: () => boolean, timeoutMs: number): Promise<void> {
    const { changed, cluster } = this.parts;
    return changed.until(
      holds,
      timeoutMs,
      () => `Not so after ${timeoutMs / 1_000} s: ${this.#state.trouble()}. Try: ${kubectl(cluster)} get pods`,
    );
  }
}
