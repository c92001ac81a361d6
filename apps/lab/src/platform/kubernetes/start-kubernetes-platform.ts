import {
  AppsV1Api,
  AutoscalingV2Api,
  CoreV1Api,
  type V1Deployment,
  type V1Pod,
  type V1StatefulSet,
  type V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import { comeWithPass, passPath, readPass } from '../../customers/limits-pass.js';
import { reachIngressAt } from '../../customers/ingress-lookup.js';
import type { WorkloadName } from '../../modes.js';
import type { PodEvent } from '../platform.js';
import { componentOf, findBank, type Bank } from './bank.js';
import { findCluster, kubectl, type Cluster, type ClusterWish } from './cluster.js';
import { ClusterFault, whyOf } from './cluster-fault.js';
import { findFrontDoor } from './front-door.js';
import { nameOf, type WatchedParts } from './bank-state.js';
import { KubernetesPlatform, type KubernetesParts } from './kubernetes-platform.js';
import { PodAccess } from './pod-access.js';
import { PodJournal } from './pod-journal.js';
import { phaseOf, troubleOf } from './pod-state.js';
import { Signal } from './signal.js';
import { takeAllBack } from './take-all-back.js';
import { Watched } from './watched.js';

export interface KubernetesOptions extends ClusterWish {
  /** Which release of the chart, where the namespace has several. */
  readonly release?: string;
  /** The front door; found by the Ingress when it is not given. */
  readonly url?: string;
  /** Where the host name of the front door is reached, if not by DNS. */
  readonly connectTo?: string;
  /** Is told in sentences what is found. */
  readonly say?: (sentence: string) => void;
}

/**
 * Finds a bank that the chart has opened and its front door, so that experiments can be run on it.
 * @throws ClusterFault with the next command to try
 */
export async function startKubernetesPlatform(options: KubernetesOptions): Promise<KubernetesPlatform> {
  const { say = () => {}, url } = options;
  const frontDoor: Purpose['frontDoor'] = async (cluster, bank, watched, access) => {
    await takeAllBack(cluster, bank, watched, say);
    const { pods } = watched;
    const podsOf = (workload: WorkloadName) => pods.all().filter((pod) => componentOf(pod) === workload);
    const ofAuth = () => podsOf('auth');
    if (!ofAuth().some((pod) => phaseOf(pod) === 'ready')) throw new ClusterFault(closed(ofAuth(), cluster));
    const baseUrl = await findFrontDoor(cluster, bank, (workload) => podsOf(workload).map(nameOf), url);
    say(`Front door: ${baseUrl}`);
    const auth = ofAuth().find((pod) => phaseOf(pod) === 'ready')!;
    await readOne(cluster, access, auth);
    comeWithPass(await passOf(access, auth, say));
    return baseUrl;
  };
  return open(options, { looksOnly: false, frontDoor });
}

/**
 * Takes back what a lab has moved of a bank that it could not take back itself.
 * @throws ClusterFault with the next command to try
 */
export async function restoreBank(options: KubernetesOptions): Promise<void> {
  const { say = () => {} } = options;
  const restored = async (cluster: Cluster, bank: Bank, watched: WatchedParts): Promise<string> => {
    if (!(await takeAllBack(cluster, bank, watched, say))) say('No lab has left anything moved.');
    return '';
  };
  await (await open(options, { looksOnly: true, frontDoor: restored })).close();
}

/**
 * Finds a bank that the chart has opened, to look at it alone: its front door need not be reached from here.
 * @throws ClusterFault with the next command to try
 */
export function watchKubernetesPlatform(options: KubernetesOptions): Promise<KubernetesPlatform> {
  return open(options, { looksOnly: true, frontDoor: async () => options.url ?? '' });
}

/** What a bank is found for. */
interface Purpose extends Pick<KubernetesParts, 'looksOnly'> {
  readonly frontDoor: (cluster: Cluster, bank: Bank, watched: WatchedParts, access: PodAccess) => Promise<string>;
}

async function open(options: KubernetesOptions, { looksOnly, frontDoor }: Purpose): Promise<KubernetesPlatform> {
  reachIngressAt(options.connectTo);
  const found = findCluster(options);
  const bank = await findBank(found, options.release);
  const cluster: Cluster = { ...found, namespace: bank.namespace };
  const workloads = [...bank.workloads.keys()].join(', ');
  options.say?.(`Bank: ${bank.release} in the namespace ${bank.namespace}, with ${workloads}`);
  const journal = new PodJournal();
  const changed = new Signal<readonly PodEvent[]>();
  const watched = await watchAll(cluster, bank, journal, changed).catch((error: unknown) => {
    throw new ClusterFault(
      `The cluster does not let the bank be watched: ${whyOf(error)}. Try: ${kubectl(cluster)} auth can-i --list`,
    );
  });
  const access = new PodAccess(cluster);
  try {
    const baseUrl = await frontDoor(cluster, bank, watched, access);
    return new KubernetesPlatform({
      watched,
      cluster,
      bank,
      journal,
      changed,
      access,
      looksOnly,
      baseUrl,
    });
  } catch (error) {
    access.close();
    await Promise.all(Object.values(watched).map((one) => one.close()));
    throw error;
  }
}

/** Whoever may not read pods learns so before anything is changed, and not from figures that are missing. */
async function readOne(cluster: Cluster, access: PodAccess, pod: V1Pod): Promise<void> {
  try {
    await access.get(pod, '/livez', 10_000);
  } catch (error) {
    const { message } = error as Error;
    throw new ClusterFault(
      cluster.inside
        ? `The bank's pods are not reached: ${message}. Their NetworkPolicy lets in the lab of the same release alone.`
        : `The bank's pods cannot be read: ${message}. The lab reads them by port-forwards, which Kubernetes' own role ` +
            `edit allows. Try: ${kubectl(cluster)} auth can-i create pods/portforward`,
    );
  }
}

/** A bank of an earlier release has none, and no limits either. */
async function passOf(access: PodAccess, pod: V1Pod, say: (sentence: string) => void): Promise<string | undefined> {
  try {
    return readPass((await access.get(pod, passPath, 10_000)).text);
  } catch (error) {
    say(`The bank's limits hold for the lab as for anyone, since it got no pass: ${whyOf(error)}`);
    return undefined;
  }
}

/** Why nobody gets in, and what tells more. */
function closed(pods: readonly V1Pod[], cluster: Cluster): string {
  const told = pods.map((pod) => `${nameOf(pod)}: ${troubleOf(pod)}`);
  return `The bank is closed: no auth pod is ready (${told.join('; ') || 'there is none'}). Try: ${kubectl(cluster)} get pods`;
}

async function watchAll(
  { config, namespace }: Cluster,
  { selector }: Bank,
  journal: PodJournal,
  changed: Signal<readonly PodEvent[]>,
): Promise<WatchedParts> {
  const apps = config.makeApiClient(AppsV1Api);
  const core = config.makeApiClient(CoreV1Api);
  const scaling = config.makeApiClient(AutoscalingV2Api);
  const asked = { namespace, labelSelector: selector };
  const common = { config, selector };
  const onChange = (): void => changed.give([]);
  const [pods, deployments, statefulSets, autoscalers] = await Promise.all([
    Watched.start<V1Pod>({
      ...common,
      path: `/api/v1/namespaces/${namespace}/pods`,
      list: () => core.listNamespacedPod(asked),
      onChange: (pod, gone) => changed.give(journal.read(pod, gone)),
    }),
    Watched.start<V1Deployment>({
      ...common,
      path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
      list: () => apps.listNamespacedDeployment(asked),
      onChange,
    }),
    Watched.start<V1StatefulSet>({
      ...common,
      path: `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
      list: () => apps.listNamespacedStatefulSet(asked),
      onChange,
    }),
    Watched.start<V2HorizontalPodAutoscaler>({
      ...common,
      path: `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`,
      list: () => scaling.listNamespacedHorizontalPodAutoscaler(asked),
      onChange,
    }),
  ]);
  return { pods, deployments, statefulSets, autoscalers };
}
