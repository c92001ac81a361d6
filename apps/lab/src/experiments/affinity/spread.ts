import type { RecordedRequest } from '../../http/recorded-request.js';

export interface Spread {
  /** Percent of the requests whose session another pod had. */
  readonly misrouted: number | null;
  /** Requests of the pod that had the most, as percent of the average over pods. */
  readonly busiest: number | null;
}

/** How requests spread over that many pods, also over those that got none; null when there were no requests. */
export function spreadOf(seen: readonly Pick<RecordedRequest, 'outcome' | 'servedBy'>[], pods: number): Spread {
  const byPod = new Map<string, number>();
  let [answered, misrouted] = [0, 0];
  for (const { outcome, servedBy } of seen) {
    if (servedBy === undefined) continue;
    answered++;
    byPod.set(servedBy.pod, (byPod.get(servedBy.pod) ?? 0) + 1);
    if (outcome.kind === 'session-lost' && outcome.cause === 'session-misrouted') misrouted++;
  }
  if (answered === 0) return { misrouted: null, busiest: null };
  return { misrouted: (100 * misrouted) / answered, busiest: (100 * Math.max(...byPod.values()) * pods) / answered };
}
