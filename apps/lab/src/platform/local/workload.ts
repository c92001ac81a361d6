import { Signal } from '../signal.js';
import { LocalPod, type PodObserver } from './local-pod.js';
import { tailOf } from './log-file.js';
import type { BootPod, PodProcessSpec } from './pod-boot.js';
import { PodProcess } from './pod-process.js';

/** A Deployment's pods have new names each time; a StatefulSet's are numbered, and a name is free again at its pod's end. */
export interface WorkloadTemplate {
  readonly kind: 'Deployment' | 'StatefulSet';
  spec(podName: string): PodProcessSpec;
  /** One of the bank's own programs, if not given. */
  readonly boot?: BootPod;
}

const defaultPatienceMs = 60_000;
const unset = { from: Infinity, environment: {} };

/** Pods that are scaled as one, kept at the number that is wished for. */
export class LocalWorkload {
  readonly #pods = new Map<string, LocalPod>();
  readonly #changed = new Signal<void>();
  #replicas = 0;
  #surge = 0;
  #serial = 0;
  /** Of the pods with this number or a higher one. */
  #settings: { readonly from: number; readonly environment: Readonly<Record<string, string>> } = unset;
  #closed = false;

  constructor(
    readonly name: string,
    private readonly template: WorkloadTemplate,
    private readonly graceMs: number,
    private readonly observe: PodObserver,
    private readonly patienceMs = defaultPatienceMs,
  ) {}

  get isNumbered(): boolean {
    return this.template.kind === 'StatefulSet';
  }

  get pods(): readonly LocalPod[] {
    return [...this.#pods.values()];
  }

  /** Whether exactly the pods that are wished for are there, and ready. */
  get settled(): boolean {
    return this.#pods.size === this.#replicas + this.#surge && this.pods.every((pod) => pod.phase === 'ready');
  }

  /** Resolves when that many pods are ready and those in excess are gone. */
  async scale(replicas: number): Promise<void> {
    this.#replicas = replicas;
    this.#reconcile();
    await this.untilSettled(this.patienceMs);
  }

  /** Ends a pod gracefully; another takes its place. Resolves when the old one is gone. */
  async stop(pod: LocalPod, reason = 'stopped'): Promise<void> {
    const gone = pod.terminate(reason, this.graceMs);
    this.#reconcile();
    await gone;
  }

  /** Replaces each pod: a Deployment has the new one ready first, a StatefulSet begins at the highest number. */
  async roll(): Promise<void> {
    const old = this.pods.filter((pod) => !pod.terminating);
    if (this.isNumbered) old.reverse();
    for (const pod of old) {
      await (this.isNumbered ? this.stop(pod, 'rolled') : this.#replaceAfter(pod));
      await this.untilSettled(this.patienceMs);
    }
  }

  /** Replaces the last pods by ones with these settings, too, and those that had others by ones without. */
  async rollOut(environment: Readonly<Record<string, string>>, pods: number): Promise<void> {
    const before = this.#settings.from;
    this.#settings = pods === 0 ? unset : { from: this.#replicas - pods, environment };
    const changed = this.pods.filter((pod) => numberOf(pod) >= Math.min(before, this.#settings.from));
    for (const pod of changed.toReversed()) {
      await this.stop(pod, 'rolled');
      await this.untilSettled(this.patienceMs);
    }
  }

  /** Rejects when it takes longer, with the last lines of a pod that is not ready. */
  untilSettled(timeoutMs: number): Promise<void> {
    const isOver = (): boolean => this.settled || this.#closed;
    return this.#changed.until(isOver, timeoutMs, () => this.#unsettled(timeoutMs));
  }

  /** Ends every pod; no other takes its place. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    await Promise.all(this.pods.map((pod) => pod.terminate('stopped', graceMs)));
  }

  async #replaceAfter(pod: LocalPod): Promise<void> {
    this.#surge = 1;
    this.#reconcile();
    await this.untilSettled(this.patienceMs);
    this.#surge = 0;
    await this.stop(pod, 'rolled');
  }

  /** Starts what is missing and ends what is in excess. */
  #reconcile(): void {
    if (this.#closed) return;
    const desired = this.#replicas + this.#surge;
    const remaining = this.pods.filter((pod) => !pod.terminating);
    for (const name of this.#missing(desired, remaining)) this.#start(name);
    for (const pod of this.#inExcess(desired, remaining)) void pod.terminate('scaled', this.graceMs);
  }

  #missing(desired: number, remaining: readonly LocalPod[]): string[] {
    if (this.isNumbered) {
      return Array.from({ length: desired }, (_, ordinal) => `${this.name}-${ordinal}`).filter(
        (name) => !this.#pods.has(name),
      );
    }
    return Array.from({ length: Math.max(0, desired - remaining.length) }, () => `${this.name}-${++this.#serial}`);
  }

  #inExcess(desired: number, remaining: readonly LocalPod[]): LocalPod[] {
    if (this.isNumbered) return remaining.filter((pod) => numberOf(pod) >= desired);
    const highestFirst = remaining.toSorted((a, b) => numberOf(b) - numberOf(a));
    return highestFirst.slice(0, Math.max(0, remaining.length - desired));
  }

  #start(name: string): void {
    const boot = this.template.boot ?? ((spec) => new PodProcess(spec));
    const pod = new LocalPod(name, this.name, this.#specOf(name), boot, (changed, reason) =>
      this.#onChange(changed, reason),
    );
    this.#pods.set(name, pod);
    pod.start();
  }

  #specOf(name: string): PodProcessSpec {
    const spec = this.template.spec(name);
    const { from, environment } = this.#settings;
    return numberIn(name) >= from ? { ...spec, environment: { ...spec.environment, ...environment } } : spec;
  }

  #onChange(pod: LocalPod, reason: string | undefined): Promise<void> {
    const ended = pod.phase === 'gone' && pod.terminating;
    if (ended) this.#pods.delete(pod.name);
    const known = this.observe(pod, reason);
    if (ended) this.#reconcile();
    this.#changed.give();
    return known;
  }

  #unsettled(timeoutMs: number): string {
    const late = this.pods.filter((pod) => pod.phase !== 'ready');
    const tails = late.map((pod) => `${pod.name} is ${pod.phase}; its log ends:\n${tailOf(pod.spec.logFile)}`);
    return `${this.name} is not settled after ${timeoutMs / 1000} s. ${tails.join('\n')}`;
  }
}

function numberOf(pod: LocalPod): number {
  return numberIn(pod.name);
}

function numberIn(name: string): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}
