import type { RunProgram } from '../cluster/run-program.js';
import type {
  ApiService,
  IngressClass,
  KubeEvent,
  KubeObject,
  Node,
  Pod,
  StorageClass,
  Workload,
} from './kube-objects.js';
import { crashesOf } from './rules/crashes.js';
import { isMetricsServer } from './rules/autoscalers.js';
import { componentOf, isReady, type ClusterSnapshot } from './cluster-snapshot.js';

const namespaced = 'pods,deployments,statefulsets,horizontalpodautoscalers,persistentvolumeclaims,ingresses,events';
const chart = 'app.kubernetes.io/part-of=tellers';
const controllers = 'app.kubernetes.io/name in (traefik,kubernetes-ingress,metrics-server)';
/** A lost connection to Redis is tried again, and told, each second or two; what is older may be over. */
const recently = ['--tail=40', '--since=5s'];

/** Asks kubectl; gives its output, or why there is none. */
export type Ask = (...args: string[]) => Promise<{ out: string } | { failed: string }>;

/** `kubectl` on a context, or on the current one. */
export function askKubectl(run: RunProgram, context: string | undefined): Ask {
  const where = context === undefined ? [] : ['--context', context];
  return async (...args) => {
    const { code, out, err } = await run('kubectl', [...where, '--request-timeout=15s', ...args], {
      timeoutMs: 60_000,
    });
    return code === 0 ? { out } : { failed: err.trim().split('\n').at(-1) ?? '' };
  };
}

/** The namespaces where the chart's workloads are, or why nobody knows. */
export async function findNamespaces(ask: Ask): Promise<string[] | { failed: string }> {
  const answer = await ask('get', 'deployments', '--all-namespaces', '--selector', chart, '--output', 'json');
  if ('failed' in answer) return answer;
  return [...new Set(itemsOf<Workload>(answer.out).map(({ metadata }) => metadata.namespace ?? ''))];
}

/** Reads all that the rules look at. What may not be read is named in `unread`. */
export async function gather(ask: Ask, context: string, namespace: string): Promise<ClusterSnapshot> {
  const unread: string[] = [];
  const get = async <Kind extends KubeObject>(what: string, ...args: string[]): Promise<Kind[] | undefined> => {
    const answer = await ask('get', what, ...args, '--output', 'json');
    if ('out' in answer) return itemsOf<Kind>(answer.out);
    unread.push(`${what}: ${answer.failed}`);
    return undefined;
  };
  const everywhere = '--all-namespaces';
  const [own = [], secrets, nodes, storageClasses, ingressClasses, apiServices, labelled, older] = await Promise.all([
    get(namespaced, '--namespace', namespace),
    // Names alone: what is in a Secret is nobody's business here.
    ask('get', 'secrets', '--namespace', namespace, '--output', 'name'),
    get<Node>('nodes'),
    get<StorageClass>('storageclasses'),
    get<IngressClass>('ingressclasses'),
    get<ApiService>('apiservices'),
    get<Pod>('pods', everywhere, '--selector', controllers),
    get<Pod>('pods', everywhere, '--selector', 'k8s-app=metrics-server'),
  ]);
  if ('failed' in secrets) unread.push(`secrets: ${secrets.failed}`);
  const objects = sortOut(own);
  const systemPods = labelled && older && [...labelled, ...older];
  const crashed = objects.pods.filter((pod) => crashesOf(pod).length > 0);
  const [previousLogs, logs] = await Promise.all([
    logsOf(ask, crashed, before),
    logsOf(ask, [...objects.pods, ...(systemPods ?? [])].filter(tells), now),
  ]);
  const secretNames = 'out' in secrets ? secrets.out.split('\n').map((name) => name.replace('secret/', '')) : undefined;
  const cluster = { secretNames, nodes, storageClasses, ingressClasses, apiServices, systemPods };
  return { context, namespace, ...objects, ...cluster, previousLogs, logs, unread };
}

/** The namespace's objects by kind: of pods those of the chart's workloads, of events the newest last. */
function sortOut(
  own: readonly KubeObject[],
): Pick<ClusterSnapshot, 'release' | 'pods' | 'workloads' | 'autoscalers' | 'claims' | 'ingresses' | 'events'> {
  const ofKind = <Kind extends KubeObject['kind']>(kind: Kind): Extract<KubeObject, { kind: Kind }>[] =>
    own.filter((object): object is Extract<KubeObject, { kind: Kind }> => object.kind === kind);
  const isOurs = ({ metadata }: KubeObject): boolean => metadata.labels?.['app.kubernetes.io/name'] === 'tellers';
  const workloads = own.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet') as Workload[];
  return {
    release: workloads.find(isOurs)?.metadata.labels?.['app.kubernetes.io/instance'] ?? 'tellers',
    pods: ofKind('Pod').filter(isOurs),
    workloads: workloads.filter(isOurs),
    autoscalers: ofKind('HorizontalPodAutoscaler').filter(isOurs),
    claims: ofKind('PersistentVolumeClaim').filter(isOurs),
    ingresses: ofKind('Ingress').filter(isOurs),
    events: ofKind('Event').toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))),
  };
}

/** The last lines before the end; a container that runs again has a log of its own, one that waits has not. */
function before(pod: Pod): string[] {
  return ['--tail=20', ...(crashesOf(pod)[0]!.status.state?.running === undefined ? [] : ['--previous'])];
}

function now(pod: Pod): string[] {
  return isMetricsServer(pod) ? ['--tail=40'] : recently;
}

/** Which pods' logs are worth asking for: the bank's own, and a metrics-server that is not well. */
function tells(pod: Pod): boolean {
  if (isMetricsServer(pod)) return !isReady(pod);
  return /^(auth|account|session-)/.test(componentOf(pod)) && pod.status.phase === 'Running';
}

async function logsOf(
  ask: Ask,
  pods: readonly Pod[],
  options: (pod: Pod) => string[],
): Promise<Record<string, string>> {
  const logs = await Promise.all(
    pods.map(async (pod) => {
      const { name, namespace = '' } = pod.metadata;
      const answer = await ask('logs', name, '--namespace', namespace, ...options(pod));
      return [name, 'out' in answer ? answer.out : ''];
    }),
  );
  return Object.fromEntries(logs) as Record<string, string>;
}

function itemsOf<Item>(json: string): Item[] {
  return (JSON.parse(json) as { items: Item[] }).items;
}

function timeOf({ lastTimestamp, eventTime, metadata }: KubeEvent): string {
  return lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
}
