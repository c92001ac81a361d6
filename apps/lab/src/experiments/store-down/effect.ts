import type { StoreFault } from '../../platform/store-faults.js';

/** One request of a customer; times in `performance.now()`. */
export interface ObservedRequest {
  readonly what: 'look' | 'pay';
  readonly startedAt: number;
  readonly endedAt: number;
  readonly failed: boolean;
}

/** When a fault began and ended, and until when customers were watched. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly until: number;
}

/** By fault; undefined for one that could not be. */
export type Spans = Partial<Record<StoreFault, Span | undefined>>;

export interface Effect {
  /** Percent of those that were under way in the fault; null when there were none. */
  readonly looks: number | null;
  readonly pays: number | null;
  readonly longest: number | null;
  /** Ms from the fault's end to the last failure; 0 when none came after it, null when nothing went well after it. */
  readonly after: number | null;
}

/** What customers saw of a fault. */
export function effectOf(seen: readonly ObservedRequest[], { from, to, until }: Span): Effect {
  const during = seen.filter((one) => one.endedAt > from && one.startedAt < to);
  // What ends later may have met the next fault.
  const watched = seen.filter((one) => one.endedAt > from && one.endedAt <= until);
  const lastFailure = Math.max(to, ...watched.filter(({ failed }) => failed).map(({ endedAt }) => endedAt));
  const wellAgain = watched.some(({ failed, endedAt }) => !failed && endedAt >= lastFailure);
  return {
    looks: failedShare(during, 'look'),
    pays: failedShare(during, 'pay'),
    longest: watched.length === 0 ? null : Math.max(...watched.map(({ startedAt, endedAt }) => endedAt - startedAt)),
    after: wellAgain ? lastFailure - to : null,
  };
}

function failedShare(seen: readonly ObservedRequest[], what: ObservedRequest['what']): number | null {
  const those = seen.filter((one) => one.what === what);
  return those.length === 0 ? null : (100 * those.filter(({ failed }) => failed).length) / those.length;
}
