import type { Exchange } from '../../customers/exchange.js';

export interface Spread {
  /** Percent of the requests whose session another pod had. */
  readonly astray: number | null;
  /** Requests of the pod that had the most, as percent of the average over pods. */
  readonly busiest: number | null;
}

/** How requests spread over that many pods, also over those that got none; null when there were no requests. */
export function spreadOf(seen: readonly Pick<Exchange, 'outcome' | 'servedBy'>[], pods: number): Spread {
  const byPod = new Map<string, number>();
  let [answered, astray] = [0, 0];
  for (const { outcome, servedBy } of seen) {
    if (servedBy === undefined) continue;
    answered++;
    byPod.set(servedBy.pod, (byPod.get(servedBy.pod) ?? 0) + 1);
    if (outcome.kind === 'session-lost' && outcome.cause === 'session-misrouted') astray++;
  }
  if (answered === 0) return { astray: null, busiest: null };
  return { astray: (100 * astray) / answered, busiest: (100 * Math.max(...byPod.values()) * pods) / answered };
}
