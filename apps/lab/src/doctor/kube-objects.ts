import type {
  CoreV1Event,
  V1APIServiceStatus,
  V1Container,
  V1ContainerStatus,
  V1IngressClassSpec,
  V1IngressSpec,
  V1LabelSelector,
  V1NetworkPolicyPeer,
  V1NetworkPolicySpec,
  V1NodeStatus,
  V1ObjectMeta,
  V1PersistentVolumeClaimSpec,
  V1PersistentVolumeClaimStatus,
  V1PodSpec,
  V1PodStatus,
  V1StatefulSetSpec,
  V1StatefulSetStatus,
  V2HorizontalPodAutoscalerSpec,
  V2HorizontalPodAutoscalerStatus,
} from '@kubernetes/client-node';

/** A type of the client's as `kubectl get --output json` prints it: a time is a text, and `_from` is `from`. */
type Printed<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Printed<Item>[]
    : T extends object
      ? { readonly [Key in keyof T as Key extends `_${infer Name}` ? Name : Key]: Printed<T[Key]> }
      : T;

interface KubeItem<Kind extends string> {
  readonly kind: Kind;
  readonly metadata: Printed<V1ObjectMeta> & { readonly name: string };
}

interface Specified<Spec> {
  readonly spec: Printed<Spec>;
}

interface Observed<Status> {
  readonly status: Printed<Status>;
}

export type Container = Printed<V1Container>;
export type ContainerStatus = Printed<V1ContainerStatus>;
export type KubePodSpec = Printed<V1PodSpec>;
export type KubePod = KubeItem<'Pod'> & Specified<V1PodSpec> & Observed<V1PodStatus>;
/** What is read of a Deployment a StatefulSet has, too. */
export type KubeWorkload = KubeItem<'Deployment' | 'StatefulSet'> &
  Specified<Partial<V1StatefulSetSpec>> &
  Observed<Partial<V1StatefulSetStatus>>;
export type Autoscaler = KubeItem<'HorizontalPodAutoscaler'> &
  Specified<V2HorizontalPodAutoscalerSpec> &
  Partial<Observed<Partial<V2HorizontalPodAutoscalerStatus>>>;
/** KEDA's: https://keda.sh/docs/latest/reference/scaledobject-spec/ */
export type ScaledObject = KubeItem<'ScaledObject'> & {
  readonly spec: {
    readonly minReplicaCount?: number;
    readonly maxReplicaCount?: number;
    readonly scaleTargetRef: { readonly kind?: string; readonly name: string };
    readonly triggers: readonly { readonly type: string; readonly metadata: Readonly<Record<string, string>> }[];
  };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
};
export type VolumeClaim = KubeItem<'PersistentVolumeClaim'> &
  Specified<V1PersistentVolumeClaimSpec> &
  Observed<V1PersistentVolumeClaimStatus>;
export type Ingress = KubeItem<'Ingress'> & Specified<V1IngressSpec>;
export type Selector = Printed<V1LabelSelector>;
export type Peer = Printed<V1NetworkPolicyPeer>;
export type NetworkPolicy = KubeItem<'NetworkPolicy'> & Specified<V1NetworkPolicySpec>;
export type KubeEvent = KubeItem<'Event'> & Printed<Omit<CoreV1Event, 'kind' | 'metadata'>>;
export type Node = KubeItem<'Node'> & Observed<V1NodeStatus>;
export type Namespace = KubeItem<'Namespace'>;
export type StorageClass = KubeItem<'StorageClass'>;
export type IngressClass = KubeItem<'IngressClass'> & Specified<V1IngressClassSpec>;
export type ApiService = KubeItem<'APIService'> & Partial<Observed<V1APIServiceStatus>>;

export type KubeObject =
  | KubePod
  | KubeWorkload
  | Autoscaler
  | ScaledObject
  | VolumeClaim
  | Ingress
  | NetworkPolicy
  | KubeEvent
  | Node
  | Namespace
  | StorageClass
  | IngressClass
  | ApiService;
