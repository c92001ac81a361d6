import type { V1OwnerReference } from '@kubernetes/client-node';
import type { Affinity } from '../platform.js';

export interface LabelledObject {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly V1OwnerReference[];
  };
}

export interface WorkloadObject {
  readonly kind: 'Deployment' | 'StatefulSet' | 'ReplicaSet';
  readonly name: string;
}

/** What is examined: workloads in one namespace, each by a name of ours. */
export interface ExaminedWorkloads {
  readonly workloads: ReadonlyMap<string, WorkloadObject>;
  /** The workload that an object belongs to; undefined for what is not examined. */
  readonly workloadOf: (object: LabelledObject) => string | undefined;
}

/** The workloads of a release of the chart. */
export interface KubernetesTarget extends ExaminedWorkloads {
  readonly release: string;
  readonly namespace: string;
  /** Finds every object of the release. */
  readonly selector: string;
  /** By what the ingress leads clients of a workload back. */
  readonly affinityOf: (workload: string) => Affinity;
}

export const labels = {
  chart: 'app.kubernetes.io/name',
  release: 'app.kubernetes.io/instance',
  component: 'app.kubernetes.io/component',
} as const;
