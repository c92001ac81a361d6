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
  return bankContainerStatus(pod)?.restartCount ?? 0;
}

/** How the process before the present one ended. */
export function lastExitOf(pod: V1Pod): string {
  const ended = bankContainerStatus(pod)?.lastState?.terminated;
  if (ended === undefined) return 'an unknown code';
  return ended.reason === 'OOMKilled' ? 'out of memory (OOMKilled)' : `code ${ended.exitCode}`;
}

/** Why a pod is not ready, in the words of the scheduler or the kubelet. */
export function troubleOf(pod: V1Pod): string {
  const waiting = bankContainerStatus(pod)?.state?.waiting;
  if (waiting?.reason !== undefined && waiting.reason !== 'ContainerCreating') {
    return [waiting.reason, waiting.message].filter(Boolean).join(': ');
  }
  const unmet = pod.status?.conditions?.find((one) => one.status === 'False' && one.message !== undefined);
  return unmet?.message ?? waiting?.reason ?? phaseOf(pod);
}

/** The port of that name, as the chart calls them: `http` is the front door's, `admin` the second one. */
export function portOf(pod: V1Pod, name: 'http' | 'admin'): number {
  const port = bankContainer(pod)?.ports?.find((one) => one.name === name);
  if (port === undefined) throw new Error(`The pod ${pod.metadata?.name} has no port called ${name}.`);
  return port.containerPort;
}

/** The bank's own container in a pod's spec: a mesh puts its proxy beside it, and may list it first. */
export function bankContainer({ metadata, spec }: Pick<V1Pod, 'metadata' | 'spec'>): V1Container | undefined {
  return spec?.containers.find(({ name }) => name === containerNameOf(metadata?.labels?.[labels.component]));
}

/** The same container as the kubelet tells of it. */
export function bankContainerStatus({ metadata, status }: V1Pod): V1ContainerStatus | undefined {
  return status?.containerStatuses?.find(({ name }) => name === containerNameOf(metadata?.labels?.[labels.component]));
}

/** How the chart calls the container of a component: every mode of the session service is the same one. */
export function containerNameOf(component = ''): string {
  return component.startsWith('session-') ? 'session' : component;
}

/** The number of a StatefulSet's pod. */
export function ordinalOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}
