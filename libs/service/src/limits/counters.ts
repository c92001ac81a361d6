import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, RLWrapperTimeouts } from 'rate-limiter-flexible';

export interface CounterOptions {
  /** What its keys begin with, the service's own prefix included. */
  readonly keyPrefix: string;
  /** How many a key may count in a window. */
  readonly quota: number;
  readonly windowSeconds: number;
}

/** How a key stands. */
export interface Count {
  readonly counted: number;
  readonly left: number;
  /** Until the window of this key ends. */
  readonly endsInSeconds: number;
}

/** Callers wait no longer for what is only a count. */
const patienceMs = 200;

/**
 * Counts by key, in windows that begin with a key's first count; all pods share the counts through the store. While that is
 * slow, full or gone, each pod counts for itself: nobody is refused for it.
 */
export class Counters {
  readonly #own: RateLimiterMemory;
  readonly #shared: RLWrapperTimeouts;

  constructor(
    redis: Redis,
    private readonly options: CounterOptions,
  ) {
    const { keyPrefix, quota: points, windowSeconds: duration } = options;
    this.#own = new RateLimiterMemory({ keyPrefix, points, duration });
    // Who is past the quota is refused by the pod itself until the window ends.
    const inMemoryBlockOnConsumed = points + 1;
    const limiter = new RateLimiterRedis({ storeClient: redis, keyPrefix, points, duration, inMemoryBlockOnConsumed });
    this.#shared = new RLWrapperTimeouts({ limiter, timeoutMs: patienceMs, insuranceLimiter: this.#own });
  }

  /** Counts one more; past the quota it is not told how many. */
  async count(key: string): Promise<Count> {
    try {
      return this.#reported(await this.#shared.consume(key));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return { ...this.#reported(error), counted: Math.max(error.consumedPoints, this.options.quota + 1) };
    }
  }

  /** Undefined where nothing was counted. */
  async read(key: string): Promise<Count | undefined> {
    const stands = await Promise.all([this.#shared.get(key), this.#own.get(key)]);
    const [longest] = stands.filter((one) => one !== null).toSorted((a, b) => b.msBeforeNext - a.msBeforeNext);
    return longest && this.#reported(longest);
  }

  /** Uses the quota up, for so long. */
  async block(key: string, seconds: number): Promise<void> {
    await this.#shared.block(key, seconds);
  }

  async forget(key: string): Promise<void> {
    await Promise.all([this.#shared.delete(key), this.#own.delete(key)]);
  }

  #reported({ consumedPoints, msBeforeNext }: RateLimiterRes): Count {
    const left = Math.max(0, this.options.quota - consumedPoints);
    return { counted: consumedPoints, left, endsInSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)) };
  }
}
