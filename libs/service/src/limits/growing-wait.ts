import type { Redis } from 'ioredis';
import { Counters } from './counters.js';

export interface WaitPolicy {
  /** As keys and refusals name it. */
  readonly name: string;
  /** How many failures cost nothing; 0 for any number. */
  readonly freeFailures: number;
  /** The longest wait. */
  readonly maxSeconds: number;
}

/** Failures are forgotten so long after the first of them. */
const windowSeconds = 3_600;

/** Makes who fails again and again wait: a second first, then twice as long after each failure. */
export class GrowingWait {
  readonly #failures: Counters;
  readonly #waits: Counters;

  constructor(
    redis: Redis,
    prefix: string,
    readonly policy: WaitPolicy,
  ) {
    const keyPrefix = `${prefix}limits:${policy.name}`;
    // Never used up: each failure counts.
    this.#failures = new Counters(redis, { keyPrefix, quota: Number.MAX_SAFE_INTEGER, windowSeconds });
    this.#waits = new Counters(redis, { keyPrefix: `${keyPrefix}-wait`, quota: 0, windowSeconds });
  }

  /** For how many seconds a key must wait still; 0 for one that need not. */
  async left(key: string): Promise<number> {
    if (this.policy.freeFailures === 0) return 0;
    return (await this.#waits.read(key))?.endsInSeconds ?? 0;
  }

  async failed(key: string): Promise<void> {
    const { freeFailures, maxSeconds } = this.policy;
    if (freeFailures === 0) return;
    const { counted } = await this.#failures.count(key);
    if (counted >= freeFailures) await this.#waits.block(key, Math.min(2 ** (counted - freeFailures), maxSeconds));
  }

  async forgive(key: string): Promise<void> {
    if (this.policy.freeFailures > 0) await this.#failures.forget(key);
  }
}
