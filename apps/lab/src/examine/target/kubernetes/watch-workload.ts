import { AutoscalingV2Api, CoreV1Api, type V1Pod, type V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { ClusterFault, whyOf } from '../../../platform/kubernetes/cluster-fault.js';
import { kubectl, type Cluster } from '../../../platform/kubernetes/cluster.js';
import type { WorkloadController } from '../../../platform/kubernetes/patches.js';
import type { WorkloadObject } from '../../../platform/kubernetes/target.js';
import type { WatchedParts } from '../../../platform/kubernetes/target-state.js';
import { WatchedList } from '../../../platform/kubernetes/watched.js';
import { listWorkloads } from './find-workload.js';

export interface WorkloadWatch {
  readonly cluster: Cluster;
  readonly object: WorkloadObject;
  /** Finds its pods. */
  readonly selector: string;
  readonly seesAutoscalers: boolean;
  readonly onChange: (changed: V1Pod | undefined, gone: boolean) => void;
}

/** Watches a workload, its pods and the autoscalers of its namespace. @throws ClusterFault */
export async function watchWorkload(watch: WorkloadWatch): Promise<WatchedParts> {
  const { cluster, object, selector, seesAutoscalers, onChange } = watch;
  const { config, namespace } = cluster;
  const core = config.makeApiClient(CoreV1Api);
  const fieldSelector = `metadata.name=${object.name}`;
  const changed = (): void => onChange(undefined, false);
  try {
    const [pods, controller, autoscalers] = await Promise.all([
      WatchedList.start<V1Pod>({
        config,
        selector,
        path: `/api/v1/namespaces/${namespace}/pods`,
        list: () => core.listNamespacedPod({ namespace, labelSelector: selector }),
        onChange,
      }),
      WatchedList.start<WorkloadController>({
        config,
        fieldSelector,
        path: `/apis/apps/v1/namespaces/${namespace}/${object.kind.toLowerCase()}s`,
        list: () => listWorkloads(cluster, object.kind, fieldSelector),
        onChange: changed,
      }),
      seesAutoscalers ? watchAutoscalers(cluster, changed) : undefined,
    ]);
    return { pods, controllers: new Map([[object.kind, controller]]), autoscalers };
  } catch (error) {
    throw new ClusterFault(
      `The cluster does not let the workload be watched: ${whyOf(error)}. Try: ${kubectl(cluster)} auth can-i --list`,
    );
  }
}

function watchAutoscalers(
  { config, namespace }: Cluster,
  onChange: () => void,
): Promise<WatchedList<V2HorizontalPodAutoscaler>> {
  const scaling = config.makeApiClient(AutoscalingV2Api);
  return WatchedList.start<V2HorizontalPodAutoscaler>({
    config,
    path: `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`,
    list: () => scaling.listNamespacedHorizontalPodAutoscaler({ namespace }),
    onChange,
  });
}
