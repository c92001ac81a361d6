import { setTimeout as sleep } from 'node:timers/promises';
import { reasonsIn, type ProbeReply, type Ask } from './ask.js';
import { componentOf, isReady, valueOf, type ClusterSnapshot } from './cluster-snapshot.js';
import { isController } from './ingress-controllers.js';
import type {
  ApiService,
  Ingress,
  IngressClass,
  KubeEvent,
  KubeObject,
  ScaledObject,
  Namespace,
  Node,
  KubePod,
  StorageClass,
  KubeWorkload,
} from './kube-objects.js';
import type { ReleaseAt } from './release.js';
import { crashesOf } from './rules/crashes.js';
import { isTest } from './rules/tests.js';

const namespaced =
  'pods,deployments,statefulsets,horizontalpodautoscalers,persistentvolumeclaims,ingresses,networkpolicies,events';
const controllers = 'app.kubernetes.io/name in (traefik,kubernetes-ingress,metrics-server)';
/** A lost connection to Redis is tried again, and logged, each second or two; what is older may be over. */
const recently = ['--tail=40', '--since=5s'];
/** What a kubelet answers in place of the log of a container that it has no more, or not yet. */
const noLog = /^(unable to retrieve container logs|failed to try resolving symlinks in path)/;
const logPauseMs = 700;
/** What kubectl says of a kind that the cluster was never taught. */
const hasNoSuchKind = /the server doesn't have a resource type/;

/** Reads all that the rules look at. What may not be read is named in `unread`. */
export async function gather(ask: Ask, context: string, at: ReleaseAt): Promise<ClusterSnapshot> {
  const { namespace, release } = at;
  const unread = new Set<string>();
  const noted = ({ failed }: ProbeReply): void => {
    if (failed === undefined || hasNoSuchKind.test(failed)) return;
    reasonsIn(failed).forEach((reason) => unread.add(reason));
  };
  /** Whatever may be read; undefined where nothing may. */
  const get = async <Kind extends KubeObject>(what: string, ...args: string[]): Promise<Kind[] | undefined> => {
    const answer = await ask('get', what, ...args, '--output', 'json');
    noted(answer);
    const items = answer.out.trim() === '' ? [] : itemsOf<Kind>(answer.out);
    // kubectl prints an empty list where nothing may be read.
    return answer.failed !== undefined && items.length === 0 ? undefined : items;
  };
  const everywhere = '--all-namespaces';
  const [
    own = [],
    scaled = [],
    secrets,
    places,
    storageClasses,
    ingressClasses,
    apiServices,
    labelled,
    older,
    allIngresses,
  ] = await Promise.all([
    // Who has set a field tells what a lab has left moved.
    get(namespaced, '--namespace', namespace, '--show-managed-fields'),
    get<ScaledObject>('scaledobjects.keda.sh', '--namespace', namespace, '--show-managed-fields'),
    // Names alone: what is in a Secret is nobody's business here.
    ask('get', 'secrets', '--namespace', namespace, '--output', 'name'),
    get<Node | Namespace>('nodes,namespaces'),
    get<StorageClass>('storageclasses'),
    get<IngressClass>('ingressclasses'),
    get<ApiService>('apiservices'),
    get<KubePod | KubeWorkload>('pods,deployments', everywhere, '--selector', controllers),
    get<KubePod | KubeWorkload>('pods,deployments', everywhere, '--selector', 'k8s-app in (metrics-server,kube-proxy)'),
    get<Ingress>('ingresses', everywhere),
  ]);
  noted(secrets);
  const objects = sortOut([...own, ...scaled], release);
  const system = labelled && older && [...labelled, ...older];
  const systemWorkloads = system?.filter((object): object is KubeWorkload => object.kind !== 'Pod');
  const labelledPods = system?.filter((object): object is KubePod => object.kind === 'Pod');
  // A controller that was installed in another way has other labels, and is told by its image alone.
  const isLabelled = objects.ingresses.length === 0 || labelledPods === undefined || labelledPods.some(isController);
  const others = isLabelled ? [] : await get<KubePod>('pods', everywhere);
  const systemPods = labelledPods && [...labelledPods, ...(others ?? []).filter(isController)];
  const crashed = [...objects.pods, ...objects.testPods].filter((pod) => crashesOf(pod).length > 0);
  const [previousLogs, logs] = await Promise.all([
    logsOf(ask, crashed, before),
    logsOf(ask, [...objects.pods, ...(systemPods ?? [])].filter(hasWorthyLog), now),
  ]);
  const secretNames =
    secrets.failed === undefined ? secrets.out.split('\n').map((name) => name.replace('secret/', '')) : undefined;
  const nodes = places?.filter((object): object is Node => object.kind === 'Node');
  const namespaces = places?.filter((object): object is Namespace => object.kind === 'Namespace');
  const cluster = { secretNames, nodes, namespaces, storageClasses, ingressClasses, apiServices, allIngresses };
  const read = { context, ...at, at: Date.now(), previousLogs, logs, unread: [...unread] };
  return { ...read, ...objects, ...cluster, systemPods, systemWorkloads };
}

/** The release's objects by kind; of events those of the namespace, the newest last. */
function sortOut(own: readonly KubeObject[], release: string) {
  const isOurs = ({ metadata: { labels } }: KubeObject): boolean =>
    labels?.['app.kubernetes.io/name'] === 'tellers' && labels['app.kubernetes.io/instance'] === release;
  const ofKind = <Kind extends KubeObject['kind']>(kind: Kind): Extract<KubeObject, { kind: Kind }>[] =>
    own.filter((object): object is Extract<KubeObject, { kind: Kind }> => object.kind === kind);
  const pods = ofKind('Pod').filter(isOurs);
  return {
    pods: pods.filter((pod) => !isTest(pod)),
    testPods: pods.filter(isTest),
    workloads: own.filter(
      (object): object is KubeWorkload =>
        (object.kind === 'Deployment' || object.kind === 'StatefulSet') && isOurs(object),
    ),
    autoscalers: ofKind('HorizontalPodAutoscaler').filter(isOurs),
    scaledObjects: ofKind('ScaledObject').filter(isOurs),
    claims: ofKind('PersistentVolumeClaim').filter(isOurs),
    ingresses: ofKind('Ingress').filter(isOurs),
    policies: ofKind('NetworkPolicy'),
    events: ofKind('Event').toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))),
  };
}

/** The last lines before the end; a container that runs again has a log of its own, one that waits has not. */
function before(pod: KubePod): string[] {
  const { name, state } = crashesOf(pod)[0]!.status;
  return ['--container', name, '--tail=20', ...(state?.running === undefined ? [] : ['--previous'])];
}

function now(pod: KubePod): string[] {
  return isOfTheBank(pod) ? ['--container', valueOf(componentOf(pod)), ...recently] : ['--tail=40'];
}

/** Which pods' logs are worth asking for: the bank's own, and a system pod's that is not well. */
function hasWorthyLog(pod: KubePod): boolean {
  if (!isOfTheBank(pod)) return !isReady(pod);
  return /^(auth|account|session-)/.test(componentOf(pod)) && pod.status.phase === 'Running';
}

function isOfTheBank({ metadata }: KubeObject): boolean {
  return metadata.labels?.['app.kubernetes.io/name'] === 'tellers';
}

async function logsOf(
  ask: Ask,
  pods: readonly KubePod[],
  options: (pod: KubePod) => string[],
): Promise<Record<string, string>> {
  const logs = await Promise.all(
    pods.map(async (pod) => {
      const { name, namespace = '' } = pod.metadata;
      return [name, await logOf(() => ask('logs', name, '--namespace', namespace, ...options(pod)))];
    }),
  );
  return Object.fromEntries(logs) as Record<string, string>;
}

/** A log, asked for again while its container takes another's place; empty when it stays away. */
async function logOf(askForIt: () => Promise<ProbeReply>): Promise<string> {
  for (let again = 0; again < 4; again += 1) {
    if (again > 0) await sleep(logPauseMs);
    const { out } = await askForIt();
    if (!noLog.test(out)) return out;
  }
  return '';
}

function itemsOf<Item>(json: string): Item[] {
  return (JSON.parse(json) as { items: Item[] }).items;
}

function timeOf({ lastTimestamp, eventTime, metadata }: KubeEvent): string {
  return lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
}
