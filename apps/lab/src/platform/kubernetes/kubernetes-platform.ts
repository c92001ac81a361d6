import type { V1Pod } from '@kubernetes/client-node';
import { sumOfMetric } from '../metrics-text.js';
import { CannotHere } from '../cannot-here.js';
import type { Affinity, Autoscaling, CpuLimit, Platform, Pod, PodEvent, PodUsage } from '../platform.js';
import type { StoreFaults } from '../store-faults.js';
import { atLeast, autoscalingOf, exactly } from './autoscaling.js';
import { nameOf, uidOf, type TargetState } from './target-state.js';
import { BootIds } from './boot-ids.js';
import { whyOf } from './cluster-fault.js';
import { restart, rollBack, rollOutFrom } from './orders.js';
import type { PodAccess } from './pod-access.js';
import { containerNameOf, ordinalOf, phaseOf } from './pod-state.js';
import { cpuLimitOf, limitCpu } from './cpu-limit.js';
import { storeFaults } from './store-faults.js';
import type { KubernetesTarget } from './target.js';
import { Workloads, killNote, patienceMs, type WorkloadParts } from './workloads.js';

export interface KubernetesParts extends WorkloadParts {
  readonly target: KubernetesTarget;
  readonly access: PodAccess;
  readonly baseUrl: string;
  /** Whether this is to look alone: a pod that does not answer is then left out of what is read, and no error. */
  readonly looksOnly: boolean;
}

/** A release of the chart in a namespace of a cluster. */
export class KubernetesPlatform implements Platform {
  readonly name = 'kubernetes';
  readonly killNote = killNote;
  readonly baseUrl: string;
  readonly store: StoreFaults;
  readonly #workloads: Workloads;
  readonly #boots: BootIds;
  /** From which pod on a workload has other settings. */
  readonly #rolledOut = new Map<string, number>();
  /** Why a pod told nothing when it was asked last, by its name. */
  readonly #silence = new Map<string, string>();

  constructor(private readonly parts: KubernetesParts) {
    this.#workloads = new Workloads(parts);
    this.baseUrl = parts.baseUrl;
    this.store = storeFaults(parts);
    this.#boots = new BootIds(parts.access);
  }

  get #state(): TargetState {
    return this.#workloads.state;
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

  /** Of an autoscaler the lower bound is moved. */
  scale(workload: string, replicas: number): Promise<void> {
    return this.#workloads.scale(workload, replicas, atLeast);
  }

  /** As `scale`, but both of an autoscaler's bounds are moved. */
  scaleExactly(workload: string, replicas: number): Promise<void> {
    return this.#workloads.scale(workload, replicas, exactly);
  }

  kill(pod: string): Promise<void> {
    return this.#workloads.kill(pod);
  }

  stop(pod: string): Promise<void> {
    return this.#workloads.stop(pod);
  }

  roll(workload: string): Promise<void> {
    const { cluster } = this.parts;
    return this.#workloads.replace(workload, this.#state.pods(workload), (object) => restart(cluster, object));
  }

  isNumbered(workload: string): boolean {
    return this.parts.target.workloads.get(workload)?.kind === 'StatefulSet';
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
    return this.#workloads.replace(workload, old, (object) =>
      pods === 0
        ? rollBack(cluster, object)
        : rollOutFrom(cluster, object, containerNameOf(workload), settings, partition),
    );
  }

  settled(timeoutMs: number, only?: string): Promise<void> {
    return this.#workloads.settled(only === undefined ? this.workloads : [only], timeoutMs);
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
      await this.#workloads.until(isSo, patienceMs);
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
    this.parts.access.close();
    return this.#workloads.close();
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
}
