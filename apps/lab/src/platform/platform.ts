import type { StoreFaults } from './store-faults.js';

/** `ready` takes clients; `terminating` serves on for those it has until it exits. */
export type PodPhase = 'starting' | 'ready' | 'terminating' | 'gone';

export interface Pod {
  readonly name: string;
  readonly workload: string;
  readonly phase: PodPhase;
  /** Changes at each start of a process under the same name; unknown until it listens. */
  readonly bootId: string | undefined;
}

/** A change of one pod, as it happens. */
export interface PodEvent {
  readonly at: number;
  readonly pod: Pod;
  /** Why, where the platform knows: `scaled`, `killed`, `stopped`, `rolled`, `crashed` with the exit code. */
  readonly reason: string | undefined;
}

/** What an autoscaler goes by beside CPU, as a mean over pods. */
export interface AutoscalerMetric {
  readonly name: string;
  /** As it read it last, and as it aims at; null while it has none. */
  readonly value: number | null;
  readonly target: number | null;
}

/** What an autoscaler makes of a workload. */
export interface Autoscaling {
  readonly min: number;
  readonly max: number;
  readonly current: number;
  readonly desired: number;
  /** CPU of a pod on average, as it read it last and as it aims at; null while it has none. */
  readonly cpu: number | null;
  readonly target: number | null;
  /** Thousandths of a core, or percent of what a pod requests. */
  readonly unit: 'm' | '%';
  readonly others: readonly AutoscalerMetric[];
}

/** What a pod uses now (resident memory) and has used so far (CPU). */
export interface PodUsage {
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
}

/** By what a front door leads a client back to a pod; an address is what customers say it is. */
export type Affinity = 'none' | 'address' | 'cookie';

/** Pods that may use no more CPU than that, until it is lifted. */
export interface CpuLimit {
  /** How it is done here, in a sentence. */
  readonly how: string;
  lift(): Promise<void>;
}

/** How a note begins that says what a kill is where it is no crash. */
export const killHere = 'A kill here is';

/** What any place that runs the bank can do; experiments are written against this alone. */
export interface Platform {
  readonly name: 'local' | 'kubernetes';
  /** The front door, without a trailing slash. */
  readonly baseUrl: string;
  pods(workload?: string): Promise<Pod[]>;
  /** Resolves when that many pods are ready and those in excess are gone. */
  scale(workload: string, replicas: number): Promise<void>;
  /** As `scale`, and no autoscaler takes or adds any before the workload is scaled again. */
  scaleExactly(workload: string, replicas: number): Promise<void>;
  /** A crash: no warning, no grace. The pod comes back as a new boot. Resolves when the process is gone. */
  kill(pod: string): Promise<void>;
  /** What a kill is here, where the platform cannot do quite that: a sentence for who reads figures. */
  readonly killNote?: string;
  /** A graceful stop: SIGTERM and the grace period. The pod comes back as a new boot. Resolves when the old one is gone. */
  stop(pod: string): Promise<void>;
  /** Replaces every pod, one at a time, a new one ready before the next goes. */
  roll(workload: string): Promise<void>;
  /** Whether a workload's pods are numbered, as a StatefulSet's: the last is taken away first, and a rollout may be half done. */
  isNumbered(workload: string): boolean;
  /**
   * Half a rollout: of numbered pods the last, that many, are replaced one at a time by ones with these settings, too;
   * the others run on. With none, all are as they were before.
   */
  rollOut(workload: string, settings: Readonly<Record<string, string>>, pods: number): Promise<void>;
  /** Resolves when every pod that should run, of one workload or of all, is ready; rejects after `timeoutMs`. */
  settled(timeoutMs: number, workload?: string): Promise<void>;
  /** Calls back at each change until the returned function is called. */
  watch(listener: (event: PodEvent) => void): () => void;
  /** Per pod of one workload or of all. */
  usage(workload?: string): Promise<ReadonlyMap<string, PodUsage>>;
  /** The value of a counter or gauge on each pod of a workload, summed over labels unless they are given. */
  metric(workload: string, name: string, labels?: Record<string, string>): Promise<ReadonlyMap<string, number>>;
  /** Why a pod that runs told nothing when it was read last, where the platform knows. */
  silence?(pod: string): string | undefined;
  /** What the workload's autoscaler reads and wants, null where none owns it; not there where there are none at all. */
  autoscaling?(workload: string): Autoscaling | null;
  /** Has the ingress lead clients of a workload back by something else, or as it is made. @throws CannotHere */
  setAffinity(workload: string, by: Affinity | 'as made'): Promise<void>;
  /** Limits each pod of a workload that is there now to so many thousandths of a core. @throws CannotHere */
  limitCpu(workload: string, millicores: number): Promise<CpuLimit>;
  /** Faults of the store. @throws CannotHere, each for itself, where it may not be touched */
  readonly store: StoreFaults;
  /** What a ready pod of a workload answers to a GET on its second port. @throws an error where none does */
  ask(workload: string, path: string, timeoutMs: number): Promise<string>;
  close(): Promise<void>;
}
