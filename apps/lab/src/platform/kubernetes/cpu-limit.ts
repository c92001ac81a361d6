import { CoreV1Api, type V1Container, type V1Pod } from '@kubernetes/client-node';
import { CannotHere } from '../cannot-here.js';
import { bounded } from './bounded.js';
import type { Cluster } from './cluster.js';
import { whyOf } from './cluster-fault.js';
import { asStrategicPatch } from './orders.js';
import { millicores } from './quantity.js';

/** The limit that a pod's process runs under now, in Kubernetes' notation; undefined when it has none. */
export function cpuLimitOf({ status, spec }: V1Pod): string | undefined {
  const resources = status?.containerStatuses?.[0]?.resources ?? spec?.containers[0]?.resources;
  return resources?.limits?.['cpu'];
}

/**
 * Changes the CPU limit of a pod while it runs (since Kubernetes 1.33), and lets it request what its spec says, or as much
 * as the limit if that is less: no pod may request more.
 * https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/
 */
export async function limitCpu({ config, namespace }: Cluster, { metadata, spec }: V1Pod, cpu: string): Promise<void> {
  const [{ name, resources }] = spec!.containers as [V1Container];
  const requested = resources?.requests?.['cpu'];
  const lower = requested !== undefined && millicores(requested) > millicores(cpu);
  const requests = requested === undefined ? {} : { requests: { cpu: lower ? cpu : requested } };
  const container = { name, resources: { limits: { cpu }, ...requests } };
  const order = { name: metadata!.name!, namespace, body: { spec: { containers: [container] } } };
  try {
    await bounded(config.makeApiClient(CoreV1Api).patchNamespacedPodResize(order, asStrategicPatch));
  } catch (error) {
    throw new CannotHere(`The CPU of running pods cannot be limited here (pods/resize): ${whyOf(error)}.`);
  }
}
