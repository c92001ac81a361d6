import type { LossSnapshot } from '../protocol/snapshots.js';

/** Sessions that one boot of a pod lost under one cause. */
export interface LossHeap extends Pick<LossSnapshot, 'mode' | 'pod' | 'cause'> {
  readonly key: string;
  /** Just found out. */
  readonly fresh: number;
  /** With these. */
  readonly total: number;
}

/** Customers find out one by one that a pod took their sessions with it: however many messages that takes, it is one number. */
export class LossHeaps {
  readonly #heaps = new Map<string, LossHeap>();

  /** Those that grew by these, as they are now. */
  add(losses: readonly LossSnapshot[]): LossHeap[] {
    const grown = new Map<string, LossHeap>();
    for (const { mode, pod, bootId, cause } of losses) {
      const key = `${mode} ${pod} ${bootId} ${cause}`;
      const { total = 0 } = this.#heaps.get(key) ?? {};
      const { fresh = 0 } = grown.get(key) ?? {};
      const heap = { key, mode, pod, cause, fresh: fresh + 1, total: total + 1 };
      this.#heaps.set(key, heap);
      grown.set(key, heap);
    }
    return [...grown.values()];
  }
}
