/** What is used here of Kubernetes' objects, as `kubectl get --output json` tells them. */
export interface Metadata {
  readonly name: string;
  readonly uid?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly managedFields?: readonly { readonly manager?: string; readonly fieldsV1?: object }[];
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

interface KeyReference {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: KeyReference };
  }[];
  readonly resources?: {
    readonly limits?: Readonly<Record<string, string>>;
    readonly requests?: Readonly<Record<string, string>>;
  };
}

export interface KubePodSpec {
  readonly nodeName?: string;
  readonly hostNetwork?: boolean;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly {
    readonly name: string;
    readonly secret?: {
      readonly secretName: string;
      readonly optional?: boolean;
      readonly items?: readonly { readonly key: string }[];
    };
  }[];
}

interface Ending {
  readonly exitCode: number;
  readonly reason?: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: object;
    readonly terminated?: Ending;
  };
  readonly lastState?: { readonly terminated?: Ending };
}

export interface KubePod {
  readonly kind: 'Pod';
  readonly metadata: Metadata;
  readonly spec: KubePodSpec;
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface KubeWorkload {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly metadata: Metadata;
  readonly spec: {
    readonly replicas?: number;
    readonly podManagementPolicy?: string;
    readonly template?: { readonly spec: KubePodSpec };
  };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
    readonly conditions?: readonly Condition[];
  };
}

export interface Autoscaler {
  readonly kind: 'HorizontalPodAutoscaler';
  readonly metadata: Metadata;
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
  };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export interface VolumeClaim {
  readonly kind: 'PersistentVolumeClaim';
  readonly metadata: Metadata;
  readonly spec: { readonly storageClassName?: string };
  readonly status: { readonly phase: string };
}

export interface Ingress {
  readonly kind: 'Ingress';
  readonly metadata: Metadata;
  readonly spec: {
    readonly ingressClassName?: string;
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: { readonly paths: readonly { readonly path?: string }[] };
    }[];
  };
}

/** Labels that something must have; what is empty is any. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

export interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string };
}

export interface NetworkPolicy {
  readonly kind: 'NetworkPolicy';
  readonly metadata: Metadata;
  readonly spec: {
    readonly podSelector?: Selector;
    readonly ingress?: readonly {
      readonly ports?: readonly { readonly port?: string | number }[];
      readonly from?: readonly Peer[];
    }[];
  };
}

export interface KubeEvent {
  readonly kind: 'Event';
  readonly metadata: Metadata;
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly involvedObject: { readonly kind: string; readonly name: string; readonly uid?: string };
}

export interface Node {
  readonly kind: 'Node';
  readonly metadata: Metadata;
  readonly status: {
    readonly conditions?: readonly Condition[];
    readonly addresses?: readonly { readonly type: string; readonly address: string }[];
    readonly images?: readonly { readonly names?: readonly string[] | null }[];
  };
}

export interface Namespace {
  readonly kind: 'Namespace';
  readonly metadata: Metadata;
}

export interface StorageClass {
  readonly kind: 'StorageClass';
  readonly metadata: Metadata;
}

export interface IngressClass {
  readonly kind: 'IngressClass';
  readonly metadata: Metadata;
  readonly spec: { readonly controller?: string };
}

export interface ApiService {
  readonly kind: 'APIService';
  readonly metadata: Metadata;
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export type KubeObject =
  | KubePod
  | KubeWorkload
  | Autoscaler
  | VolumeClaim
  | Ingress
  | NetworkPolicy
  | KubeEvent
  | Node
  | Namespace
  | StorageClass
  | IngressClass
  | ApiService;
