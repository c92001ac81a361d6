import type { Redis } from 'ioredis';

/** How much of a difference an estimate that turned out too high gives up at each later look. */
const fallingShare = 1 / 16;

/**
 * The store's own clock as seen from here, by which a command says until when it may act. What was seen is always a little
 * late, so the latest time is the best (F. Cristian, Probabilistic clock synchronization, 1989), and no estimate is ahead of
 * the store but after its clock was set back.
 */
export class StoreClock {
  /** What is added to `performance.now()`; undefined before the first look, and when the next one may be at another store. */
  #offsetMs: number | undefined;

  constructor(private readonly redis: Redis) {
    redis.on('close', () => (this.#offsetMs = undefined));
    redis.on('ready', () => {
      this.now().catch(() => {
        // Who needs it looks again.
      });
    });
  }

  /** Milliseconds since 1970 by the store's clock, or less. */
  async now(): Promise<number> {
    if (this.#offsetMs === undefined) {
      const [seconds, microseconds] = await this.redis.time();
      this.see(Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000));
    }
    return performance.now() + this.#offsetMs!;
  }

  /** Takes note of a time that the store has just told. */
  see(storeMs: number): void {
    const seen = storeMs - performance.now();
    const known = this.#offsetMs ?? seen;
    this.#offsetMs = seen >= known ? seen : known - (known - seen) * fallingShare;
  }
}
