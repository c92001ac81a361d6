import type { V1Container, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { PodPhase } from '../platform.js';
import { labels } from './target.js';

/** What the cluster's account of a pod says, in the platform's words. */
export function phaseOf({ metadata, status }: V1Pod): PodPhase {
  // Evicted and failed pods stay on record until somebody removes them.
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return 'gone';
  if (metadata?.deletionTimestamp !== undefined) return 'terminating';
  const ready = status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True');
  return ready ? 'ready' : 'starting';
}

/** How often its process was started again in place. */
export function restartsOf(pod: V1Pod): number {
  return mainContainerStatus(pod)?.restartCount ?? 0;
}

/** How the process before the present one ended. */
export function lastExitOf(pod: V1Pod): string {
  const ended = mainContainerStatus(pod)?.lastState?.terminated;
  if (ended === undefined) return 'an unknown code';
  return ended.reason === 'OOMKilled' ? 'out of memory (OOMKilled)' : `code ${ended.exitCode}`;
}

/** Why a pod is not ready, in the words of the scheduler or the kubelet. */
export function troubleOf(pod: V1Pod): string {
  const waiting = mainContainerStatus(pod)?.state?.waiting;
  if (waiting?.reason !== undefined && waiting.reason !== 'ContainerCreating') {
    return [waiting.reason, waiting.message].filter(Boolean).join(': ');
  }
  const unmet = pod.status?.conditions?.find((one) => one.status === 'False' && one.message !== undefined);
  return unmet?.message ?? waiting?.reason ?? phaseOf(pod);
}

/** The port of that name, as the chart calls them: `http` is the front door's, `admin` the second one. */
export function portOf(pod: V1Pod, name: 'http' | 'admin'): number {
  const port = mainContainer(pod)?.ports?.find((one) => one.name === name);
  if (port === undefined) throw new Error(`The pod ${pod.metadata?.name} has no port called ${name}.`);
  return port.containerPort;
}

/** The container in a pod's spec that serves: a mesh puts its proxy beside it, and may list it first. */
export function mainContainer(pod: Pick<V1Pod, 'metadata' | 'spec'>): V1Container | undefined {
  return mainOf(pod, pod.spec?.containers ?? []);
}

/** The same container as the kubelet tells of it. */
export function mainContainerStatus(pod: V1Pod): V1ContainerStatus | undefined {
  return mainOf(pod, pod.status?.containerStatuses ?? []);
}

/** By the chart's name for it, else the one that kubectl takes, else the first. */
function mainOf<One extends { readonly name: string }>(
  { metadata, spec }: Pick<V1Pod, 'metadata' | 'spec'>,
  all: readonly One[],
): One | undefined {
  const names = [
    containerNameOf(metadata?.labels?.[labels.component]),
    metadata?.annotations?.['kubectl.kubernetes.io/default-container'],
    spec?.containers[0]?.name,
  ];
  return names.map((name) => all.find((one) => one.name === name)).find((one) => one !== undefined);
}

/** How the chart calls the container of a component: every mode of the session service is the same one. */
export function containerNameOf(component = ''): string {
  return component.startsWith('session-') ? 'session' : component;
}

/** The number of a StatefulSet's pod. */
export function ordinalOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}
