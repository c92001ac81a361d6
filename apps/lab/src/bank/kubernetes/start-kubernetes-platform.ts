import {
  AppsV1Api,
  AutoscalingV2Api,
  CoreV1Api,
  type V1Deployment,
  type V1Pod,
  type V1StatefulSet,
  type V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import { comeWithPass, passPath, readPass } from '../limits-pass.js';
import { reachIngressAt } from '../../http/ingress-lookup.js';
import type { PodEvent } from '../../platform/platform.js';
import { componentOf, findBank } from './find-bank.js';
import { findCluster, kubectl, type Cluster, type ClusterSelection } from '../../platform/kubernetes/cluster.js';
import { ClusterFault, whyOf } from '../../platform/kubernetes/cluster-fault.js';
import { findIngress } from './ingress.js';
import { closeWatches, nameOf, type WatchedParts } from '../../platform/kubernetes/target-state.js';
import { KubernetesPlatform, type KubernetesParts } from '../../platform/kubernetes/kubernetes-platform.js';
import { PodAccess } from '../../platform/kubernetes/pod-access.js';
import { EventMapper } from '../../platform/kubernetes/event-mapper.js';
import { phaseOf, troubleOf } from '../../platform/kubernetes/pod-state.js';
import { Signal } from '../../platform/signal.js';
import { takeAllBack } from '../../platform/kubernetes/take-back.js';
import { WatchedList } from '../../platform/kubernetes/watched.js';
import type { WorkloadController } from '../../platform/kubernetes/patches.js';
import type { KubernetesTarget, WorkloadObject } from '../../platform/kubernetes/target.js';

export interface KubernetesOptions extends ClusterSelection {
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
  const ingress: Purpose['ingress'] = async (cluster, bank, watched, access) => {
    await takeAllBack(cluster, bank, watched, say);
    const { pods } = watched;
    const podsOf = (workload: string) => pods.all().filter((pod) => componentOf(pod) === workload);
    const ofAuth = () => podsOf('auth');
    if (!ofAuth().some((pod) => phaseOf(pod) === 'ready')) throw new ClusterFault(closed(ofAuth(), cluster));
    const baseUrl = await findIngress(cluster, bank, (workload) => podsOf(workload).map(nameOf), url);
    say(`Front door: ${baseUrl}`);
    const auth = ofAuth().find((pod) => phaseOf(pod) === 'ready')!;
    await readOne(cluster, access, auth);
    comeWithPass(await passOf(access, auth, say));
    return baseUrl;
  };
  return open(options, { looksOnly: false, ingress });
}

/**
 * Takes back what a lab has moved of a bank that it could not take back itself.
 * @throws ClusterFault with the next command to try
 */
export async function restoreBank(options: KubernetesOptions): Promise<void> {
  const { say = () => {} } = options;
  const restored = async (cluster: Cluster, bank: KubernetesTarget, watched: WatchedParts): Promise<string> => {
    if (!(await takeAllBack(cluster, bank, watched, say))) say('No lab has left anything moved.');
    return '';
  };
  await (await open(options, { looksOnly: true, ingress: restored })).close();
}

/**
 * Finds a bank that the chart has opened, to look at it alone: its front door need not be reached from here.
 * @throws ClusterFault with the next command to try
 */
export function watchKubernetesPlatform(options: KubernetesOptions): Promise<KubernetesPlatform> {
  return open(options, { looksOnly: true, ingress: async () => options.url ?? '' });
}

/** What a bank is found for. */
interface Purpose extends Pick<KubernetesParts, 'looksOnly'> {
  readonly ingress: (
    cluster: Cluster,
    bank: KubernetesTarget,
    watched: WatchedParts,
    access: PodAccess,
  ) => Promise<string>;
}

async function open(options: KubernetesOptions, { looksOnly, ingress }: Purpose): Promise<KubernetesPlatform> {
  reachIngressAt(options.connectTo);
  const found = findCluster(options);
  const bank = await findBank(found, options.release);
  const cluster: Cluster = { ...found, namespace: bank.namespace };
  const workloads = [...bank.workloads.keys()].join(', ');
  options.say?.(`Bank: ${bank.release} in the namespace ${bank.namespace}, with ${workloads}`);
  const eventMapper = new EventMapper(bank);
  const changed = new Signal<readonly PodEvent[]>();
  const watched = await watchAll(cluster, bank, eventMapper, changed).catch((error: unknown) => {
    throw new ClusterFault(
      `The cluster does not let the bank be watched: ${whyOf(error)}. Try: ${kubectl(cluster)} auth can-i --list`,
    );
  });
  const access = new PodAccess(cluster);
  try {
    const baseUrl = await ingress(cluster, bank, watched, access);
    return new KubernetesPlatform({
      watched,
      cluster,
      target: bank,
      eventMapper,
      changed,
      access,
      looksOnly,
      baseUrl,
    });
  } catch (error) {
    access.close();
    await closeWatches(watched);
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
      cluster.inCluster
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
  const reported = pods.map((pod) => `${nameOf(pod)}: ${troubleOf(pod)}`);
  return `The bank is closed: no auth pod is ready (${reported.join('; ') || 'there is none'}). Try: ${kubectl(cluster)} get pods`;
}

async function watchAll(
  { config, namespace }: Cluster,
  { selector }: KubernetesTarget,
  eventMapper: EventMapper,
  changed: Signal<readonly PodEvent[]>,
): Promise<WatchedParts> {
  const apps = config.makeApiClient(AppsV1Api);
  const core = config.makeApiClient(CoreV1Api);
  const scaling = config.makeApiClient(AutoscalingV2Api);
  const asked = { namespace, labelSelector: selector };
  const common = { config, selector };
  const onChange = (): void => changed.give([]);
  const [pods, deployments, statefulSets, autoscalers] = await Promise.all([
    WatchedList.start<V1Pod>({
      ...common,
      path: `/api/v1/namespaces/${namespace}/pods`,
      list: () => core.listNamespacedPod(asked),
      onChange: (pod, gone) => changed.give(eventMapper.read(pod, gone)),
    }),
    WatchedList.start<V1Deployment>({
      ...common,
      path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
      list: () => apps.listNamespacedDeployment(asked),
      onChange,
    }),
    WatchedList.start<V1StatefulSet>({
      ...common,
      path: `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
      list: () => apps.listNamespacedStatefulSet(asked),
      onChange,
    }),
    WatchedList.start<V2HorizontalPodAutoscaler>({
      ...common,
      path: `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`,
      list: () => scaling.listNamespacedHorizontalPodAutoscaler(asked),
      onChange,
    }),
  ]);
  const controllers = new Map<WorkloadObject['kind'], WatchedList<WorkloadController>>([
    ['Deployment', deployments],
    ['StatefulSet', statefulSets],
  ]);
  return { pods, controllers, autoscalers };
}
