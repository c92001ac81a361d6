import { Readable } from 'node:stream';

/** Somebody who reads nothing for so long is gone, and only the network does not say so. */
const stalledMs = 30_000;

/**
 * The stream of one reader. Holds little for one who reads slowly: what did not fit is dropped, and a fresh snapshot
 * stands for it once there is room again.
 */
export class Follower extends Readable {
  /** Since when there is no room; undefined while there is. */
  #fullSince: number | undefined;
  #missed = false;

  /**
   * @param first what it is told at once
   * @param snapshot how things are now
   */
  constructor(
    first: readonly string[],
    private readonly snapshot: () => string,
  ) {
    super();
    this.#push(first.join(''));
  }

  deliver(text: string, now = performance.now()): void {
    if (this.#fullSince === undefined) return this.#push(text, now);
    this.#missed = true;
    if (now - this.#fullSince > stalledMs) this.destroy();
  }

  override _read(): void {
    this.#fullSince = undefined;
    if (!this.#missed) return;
    this.#missed = false;
    this.#push(this.snapshot());
  }

  #push(text: string, now = performance.now()): void {
    if (!this.push(text)) this.#fullSince = now;
  }
}
