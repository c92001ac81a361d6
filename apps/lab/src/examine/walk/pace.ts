import { setTimeout as sleep } from 'node:timers/promises';

/** Keeps all who wait for their turn to so many turns a second; a turn that nobody took is not made up for. */
export class Pace {
  readonly #apartMs: number;
  #next = 0;

  constructor(perSecond: number) {
    this.#apartMs = 1_000 / perSecond;
  }

  /** Resolves when it is the caller's turn; rejects with an AbortError when `stopping` is first. */
  async turn(stopping?: AbortSignal): Promise<void> {
    stopping?.throwIfAborted();
    const now = performance.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#apartMs;
    if (at > now) await sleep(at - now, undefined, stopping && { signal: stopping });
  }
}
