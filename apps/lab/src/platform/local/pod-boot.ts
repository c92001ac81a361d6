import type { Started } from './supervised-process.js';

/** What a pod runs. */
export interface PodProcessSpec {
  /** The built program, or a command for the shell. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** Where a process listens. */
export interface Listening {
  readonly bootId: string;
  readonly port: number;
  /** Undefined for a program that has no second port. */
  readonly adminPort: number | undefined;
}

/** One process of a pod, from its start to its end: what Kubernetes calls a container. */
export interface PodBoot extends Started {
  /** Undefined before it has started, and once it has ended. */
  readonly pid: number | undefined;
  /** Resolves when it serves; to undefined if it ends before. */
  ready(): Promise<Listening | undefined>;
}

/** Starts a process of what a pod runs. */
export type BootPod = (spec: PodProcessSpec) => PodBoot;
