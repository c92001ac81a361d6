import { CoreV1Api, type V1Pod, type V1PodTemplateSpec } from '@kubernetes/client-node';
import { CannotHere } from '../cannot-here.js';
import { bounded } from '../bounded.js';
import type { Cluster } from './cluster.js';
import { whyOf } from './cluster-fault.js';
import { fieldManager, labFields } from './before-the-lab.js';
import { asStrategicPatch } from './orders.js';
import { mainContainer, mainContainerStatus } from './pod-state.js';
import { millicores } from './quantity.js';

/** The limit that a pod's process runs under now, in Kubernetes' notation; undefined when it has none. */
export function cpuLimitOf(pod: V1Pod): string | undefined {
  const resources = mainContainerStatus(pod)?.resources ?? mainContainer(pod)?.resources;
  return resources?.limits?.['cpu'];
}

/**
 * Changes the CPU limit of a pod while it runs (since Kubernetes 1.33), and lets it request what its spec says, or as much
 * as the limit if that is less: no pod may request more.
 * https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/
 */
export async function limitCpu({ config, namespace }: Cluster, pod: V1Pod, cpu: string): Promise<void> {
  const { metadata } = pod;
  const { name, resources } = mainContainer(pod)!;
  const requested = resources?.requests?.['cpu'];
  const lower = requested !== undefined && millicores(requested) > millicores(cpu);
  const requests = requested === undefined ? {} : { requests: { cpu: lower ? cpu : requested } };
  const container = { name, resources: { limits: { cpu }, ...requests } };
  const order = { name: metadata!.name!, namespace, body: { spec: { containers: [container] } }, fieldManager };
  try {
    await bounded(config.makeApiClient(CoreV1Api).patchNamespacedPodResize(order, asStrategicPatch));
  } catch (error) {
    throw new CannotHere(`The CPU of running pods cannot be limited here (pods/resize): ${whyOf(error)}.`);
  }
}

/** The CPU limit of a pod's template, where the lab has given the pod another; undefined where it has not. */
export function cpuBefore(pod: V1Pod, template: V1PodTemplateSpec): { cpu: string; pod: V1Pod } | undefined {
  const cpu = mainContainer({ metadata: pod.metadata!, spec: template.spec! })?.resources?.limits?.['cpu'];
  const isOurs = labFields(pod).some((path) => path.endsWith('/f:resources/f:limits/f:cpu'));
  // No limit is ever removed in place.
  if (!isOurs || cpu === undefined || cpu === mainContainer(pod)?.resources?.limits?.['cpu']) return undefined;
  return { cpu, pod: { metadata: pod.metadata!, spec: template.spec! } };
}
