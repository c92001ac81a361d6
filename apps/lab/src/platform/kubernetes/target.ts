import type { Affinity } from '../platform.js';

export interface LabelledObject {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}

export interface WorkloadObject {
  readonly kind: 'Deployment' | 'StatefulSet';
  /** The object's name, which begins with the release's. */
  readonly name: string;
}

/** What is examined on a cluster: the workloads of a release, in one namespace. */
export interface KubernetesTarget {
  readonly release: string;
  readonly namespace: string;
  /** Finds every object of the release. */
  readonly selector: string;
  readonly workloads: ReadonlyMap<string, WorkloadObject>;
  /** By what the ingress leads clients of a workload back. */
  readonly affinityOf: (workload: string) => Affinity;
  /** The workload that an object belongs to; undefined for what is not examined. */
  readonly workloadOf: (object: LabelledObject) => string | undefined;
}

export const labels = {
  chart: 'app.kubernetes.io/name',
  release: 'app.kubernetes.io/instance',
  component: 'app.kubernetes.io/component',
} as const;
