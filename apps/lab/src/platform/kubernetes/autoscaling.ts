import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import type { Autoscaling } from '../platform.js';
import { millicores } from './quantity.js';

/** What an HPA reads and wants, by the CPU that it goes by. */
export function autoscalingOf({ spec, status }: V2HorizontalPodAutoscaler): Autoscaling {
  const aim = spec?.metrics?.find(({ resource }) => resource?.name === 'cpu')?.resource?.target;
  const read = status?.currentMetrics?.find(({ resource }) => resource?.name === 'cpu')?.resource?.current;
  const inPercent = aim?.averageUtilization !== undefined;
  return {
    min: spec?.minReplicas ?? 1,
    max: spec?.maxReplicas ?? 1,
    current: status?.currentReplicas ?? 0,
    desired: status?.desiredReplicas ?? 0,
    cpu: inPercent ? (read?.averageUtilization ?? null) : inMillicores(read?.averageValue),
    target: inPercent ? (aim.averageUtilization ?? null) : inMillicores(aim?.averageValue),
    unit: inPercent ? '%' : 'm',
  };
}

function inMillicores(quantity: string | undefined): number | null {
  return quantity === undefined ? null : millicores(quantity);
}
