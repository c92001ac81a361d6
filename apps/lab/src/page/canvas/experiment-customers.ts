import { modeOfWorkload } from '../../bank/modes.js';
import type { BankSnapshot } from '../../protocol/snapshots.js';
import { measuredIn } from '../formatted.js';
import type { Placed } from './customers.js';

/** Nobody tells of an experiment's customers one by one: a dot for each session that a pod says it holds. */
export function sessionsIn({ workloads }: Pick<BankSnapshot, 'workloads'>): Placed[] {
  return workloads.flatMap(({ workload, pods }) => {
    const mode = modeOfWorkload(workload)?.name;
    if (mode === undefined) return [];
    return pods.flatMap((pod) =>
      Array.from({ length: measuredIn(workload, pod).dots }, (_, index) => ({
        id: `${pod.name} ${index}`,
        mode,
        pod: pod.name,
      })),
    );
  });
}

/** Requests that each pod has answered in that time, by the rate that it tells. */
export function answeredIn(ms: number, { workloads }: Pick<BankSnapshot, 'workloads'>): Record<string, number> {
  const pods = workloads.flatMap((one) => one.pods);
  return Object.fromEntries(pods.map(({ name, perSecond }) => [name, Math.round(((perSecond ?? 0) * ms) / 1_000)]));
}
