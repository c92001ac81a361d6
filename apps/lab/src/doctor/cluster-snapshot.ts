import type {
  ApiService,
  Autoscaler,
  ScaledObject,
  VolumeClaim,
  Container,
  ContainerStatus,
  Ingress,
  NetworkPolicy,
  IngressClass,
  KubeEvent,
  Namespace,
  Node,
  KubePod,
  StorageClass,
  KubeWorkload,
} from './kube-objects.js';

/** All that was read of a cluster; what could not be read is undefined, and is no fault by itself. */
export interface ClusterSnapshot {
  readonly context: string;
  readonly namespace: string;
  /** When it was read, in milliseconds since 1970. */
  readonly at: number;
  /** The Helm release, from the objects' own labels. */
  readonly release: string;
  readonly pods: readonly KubePod[];
  /** Pods of `helm test`, which come and go beside the bank. */
  readonly testPods: readonly KubePod[];
  readonly workloads: readonly KubeWorkload[];
  readonly autoscalers: readonly Autoscaler[];
  /** Of what KEDA makes autoscalers; none where the cluster does not know the kind. */
  readonly scaledObjects: readonly ScaledObject[];
  readonly claims: readonly VolumeClaim[];
  readonly ingresses: readonly Ingress[];
  /** Everybody's in the namespace. */
  readonly policies: readonly NetworkPolicy[];
  readonly events: readonly KubeEvent[];
  readonly secretNames: readonly string[] | undefined;
  readonly nodes: readonly Node[] | undefined;
  readonly namespaces: readonly Namespace[] | undefined;
  readonly storageClasses: readonly StorageClass[] | undefined;
  readonly ingressClasses: readonly IngressClass[] | undefined;
  readonly apiServices: readonly ApiService[] | undefined;
  /** Pods of ingress controllers and of metrics-server, in whatever namespace, and the Deployments that make them. */
  readonly systemPods: readonly KubePod[] | undefined;
  readonly systemWorkloads: readonly KubeWorkload[] | undefined;
  /** Everybody's. */
  readonly allIngresses: readonly Ingress[] | undefined;
  /** The last lines of a pod's container before it ended, by the pod's name. */
  readonly previousLogs: Readonly<Record<string, string>>;
  /** What pods log now, by the pod's name. */
  readonly logs: Readonly<Record<string, string>>;
  /** What could not be read, by the right that is missing or by the reason. */
  readonly unread: readonly string[];
}

/**
 * What is worth a sentence: something that does not work, something that is only not there yet, or something beside the
 * bank that does not keep it from working.
 */
export interface Finding {
  readonly level?: 'fault' | 'not yet' | 'aside';
  /** The object that it is about, as kubectl names it: `deployment/tellers-account`. */
  readonly object: string;
  /** Other objects that do not work because of it: they need no finding of their own. */
  readonly explains?: readonly string[];
  readonly sentence: string;
  /** Lines that prove it, such as a log's. */
  readonly evidence?: readonly string[];
  /** The command that mends it, or several to choose from; empty where none does. */
  readonly next: readonly string[];
  /** Commands that mend nothing and tell more. */
  readonly look?: readonly string[];
}

/** Looks at one thing and says what is wrong with it. */
export type Rule = (snapshot: ClusterSnapshot) => Finding[];

/** `kubectl` for the cluster and namespace that were looked at. */
export function kubectl({ context, namespace }: ClusterSnapshot, command: string): string {
  return `kubectl --context ${context} --namespace ${namespace} ${command}`;
}

/** `kubectl` for another namespace of the cluster. */
export function kubectlAt({ context }: ClusterSnapshot, namespace = 'default'): string {
  return `kubectl --context ${context} --namespace ${namespace}`;
}

/** `helm upgrade` of the release that was looked at, with more values, as `--set` takes them. */
export function helmUpgrade(snapshot: ClusterSnapshot, values = ''): string {
  const { context, namespace } = snapshot;
  const { release, chart, prefix } = installedAs(snapshot);
  const where = `--kube-context ${context} --namespace ${namespace}`;
  // Values that the chart has got since the release was made have their defaults, not nothing.
  const kept = `upgrade ${release} ${chart} --reset-then-reuse-values`;
  const sets = values === '' ? '' : ` --set ${values.replaceAll(/(^|,)/g, `$1${prefix}`)}`;
  return `helm ${where} ${kept}${sets}`;
}

/** The same with a value that is a list or an object. */
export function helmUpgradeJson(snapshot: ClusterSnapshot, name: string, value: unknown): string {
  return `${helmUpgrade(snapshot)} --set-json '${installedAs(snapshot).prefix}${name}=${JSON.stringify(value)}'`;
}

/** What helm upgrades: this chart, or the umbrella chart that has it, whose place only its owner knows. */
function installedAs({ release, workloads }: ClusterSnapshot): { release: string; chart: string; prefix: string } {
  const inUmbrella = workloads.map(({ metadata }) => metadata.annotations ?? {}).find((own) => 'tellers/values' in own);
  if (inUmbrella === undefined) return { release, chart: 'helm/tellers', prefix: '' };
  const umbrella = inUmbrella['meta.helm.sh/release-name'] ?? release;
  return { release: umbrella, chart: 'YOUR_UMBRELLA_CHART', prefix: `${inUmbrella['tellers/values']}.` };
}

/** The chart's component that an object belongs to. */
export function componentOf({ metadata }: { metadata: { labels?: Readonly<Record<string, string>> } }): string {
  return metadata.labels?.['app.kubernetes.io/component'] ?? '';
}

/** The Deployment or StatefulSet of a pod as kubectl names it, else the pod itself. */
export function ownerOf(snapshot: ClusterSnapshot, pod: KubePod): string {
  const component = componentOf(pod);
  const owner = snapshot.workloads.find((workload) => component !== '' && componentOf(workload) === component);
  return owner === undefined ? `pod/${pod.metadata.name}` : nameOf(owner);
}

/** The key of values.yaml that a component's settings are under. */
export function valueOf(component: string): string {
  return component.startsWith('session-') ? 'session' : component;
}

/** The containers of a pod as the kubelet tells of them: those that come first, and a mesh's, too. */
export function containersOf({ status }: KubePod): ContainerStatus[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
}

/** What a pod's spec says of one of its containers. */
export function containerOf({ spec }: KubePod, name: string): Container | undefined {
  return [...(spec.initContainers ?? []), ...spec.containers].find((container) => container.name === name);
}

/** Whether a container is the chart's own, and no proxy that a mesh put beside it. */
export function isOfTheChart(pod: KubePod, container: string): boolean {
  return container === valueOf(componentOf(pod));
}

/** What is younger than that may only be starting. */
const startingMs = 60_000;

/** Whether that was less than a minute before the snapshot. */
export function isYoung({ at }: ClusterSnapshot, time: string | undefined): boolean {
  return time !== undefined && at - Date.parse(time) < startingMs;
}

/** An object as kubectl names it. */
export function nameOf({ kind, metadata }: { kind: string; metadata: { name: string } }): string {
  return `${kind.toLowerCase()}/${metadata.name}`;
}

/** Pods that are to stay: one that is going tells nothing. */
export function lastingPods({ pods }: ClusterSnapshot): KubePod[] {
  return pods.filter(
    ({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase !== 'Succeeded',
  );
}

/** What the cluster noted of an object, the newest last: not of another one that had its name before. */
export function eventsOf({ events }: ClusterSnapshot, { metadata }: { metadata: KubePod['metadata'] }): KubeEvent[] {
  return events.filter(
    ({ involvedObject: { name, uid } }) => name === metadata.name && (uid === undefined || uid === metadata.uid),
  );
}

export function isReady({ status }: { status: KubePod['status'] | Node['status'] }): boolean {
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
