import type {
  ApiService,
  Autoscaler,
  Claim,
  Ingress,
  IngressClass,
  KubeEvent,
  Node,
  Pod,
  StorageClass,
  Workload,
} from './kube-objects.js';

/** All that was read of a cluster; what could not be read is undefined, and is no fault by itself. */
export interface ClusterSnapshot {
  readonly context: string;
  readonly namespace: string;
  /** The Helm release, from the objects' own labels. */
  readonly release: string;
  readonly pods: readonly Pod[];
  readonly workloads: readonly Workload[];
  readonly autoscalers: readonly Autoscaler[];
  readonly claims: readonly Claim[];
  readonly ingresses: readonly Ingress[];
  readonly events: readonly KubeEvent[];
  readonly secretNames: readonly string[] | undefined;
  readonly nodes: readonly Node[] | undefined;
  readonly storageClasses: readonly StorageClass[] | undefined;
  readonly ingressClasses: readonly IngressClass[] | undefined;
  readonly apiServices: readonly ApiService[] | undefined;
  /** Pods of ingress controllers and of metrics-server, in whatever namespace. */
  readonly systemPods: readonly Pod[] | undefined;
  /** The last lines of a pod's container before it ended, by the pod's name. */
  readonly previousLogs: Readonly<Record<string, string>>;
  /** What pods log now, by the pod's name. */
  readonly logs: Readonly<Record<string, string>>;
  /** What could not be read, and why. */
  readonly unread: readonly string[];
}

/** Something that does not work, and what to do about it. */
export interface Finding {
  /** The object that it is about, as kubectl names it: `deployment/tellers-account`. */
  readonly object: string;
  /** Other objects that do not work because of it: they need no finding of their own. */
  readonly explains?: readonly string[];
  readonly sentence: string;
  /** Lines that prove it, such as a log's. */
  readonly evidence?: readonly string[];
  /** The next command, or several to choose from. */
  readonly next: readonly string[];
}

/** Looks at one thing and says what is wrong with it. */
export type Rule = (snapshot: ClusterSnapshot) => Finding[];

/** `kubectl` for the cluster and namespace that were looked at. */
export function kubectl({ context, namespace }: ClusterSnapshot, command: string): string {
  return `kubectl --context ${context} --namespace ${namespace} ${command}`;
}

/** `helm upgrade` of the release that was looked at, with one more value. */
export function helmUpgrade({ context, namespace, release }: ClusterSnapshot, value = ''): string {
  const where = `--kube-context ${context} --namespace ${namespace}`;
  return `helm ${where} upgrade ${release} helm/tellers --reuse-values${value === '' ? '' : ` --set ${value}`}`;
}

/** The chart's component that an object belongs to. */
export function componentOf({ metadata }: { metadata: { labels?: Readonly<Record<string, string>> } }): string {
  return metadata.labels?.['app.kubernetes.io/component'] ?? '';
}

/** The Deployment or StatefulSet of a pod as kubectl names it, else the pod itself. */
export function ownerOf(snapshot: ClusterSnapshot, pod: Pod): string {
  const component = componentOf(pod);
  const owner = snapshot.workloads.find((workload) => component !== '' && componentOf(workload) === component);
  return owner === undefined ? `pod/${pod.metadata.name}` : nameOf(owner);
}

/** An object as kubectl names it. */
export function nameOf({ kind, metadata }: { kind: string; metadata: { name: string } }): string {
  return `${kind.toLowerCase()}/${metadata.name}`;
}

/** Pods that are to stay: one that is going tells nothing. */
export function lastingPods({ pods }: ClusterSnapshot): Pod[] {
  return pods.filter(
    ({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase !== 'Succeeded',
  );
}

export function isReady({ status }: { status: Pod['status'] | Node['status'] }): boolean {
  return status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
}

/** Groups by a key, in the order of first appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [key: string, group: [T, ...T[]]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups];
}
