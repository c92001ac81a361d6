import type { Redis } from 'ioredis';
import type { Clock } from './clock.js';
import { CodedError } from './coded-error.js';

/** Injection token of the room in the service's store. */
export const STORE_ROOM = Symbol('STORE_ROOM');

/** Kept for money and for those who are inside already. */
const reservedShare = 0.1;
/** So long one reading holds. */
const readingMs = 500;

/**
 * The room that the store has left. A full store refuses transfers as everything else, so whatever is not money must be
 * refused before.
 */
export class StoreRoom {
  #isScarce: Promise<boolean> = Promise.resolve(false);
  #readAt = -Infinity;

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses what is not money while the store is nearly full.
   * @throws CodedError store-nearly-full
   */
  async require(): Promise<void> {
    const now = this.clock.now();
    if (now - this.#readAt >= readingMs) {
      this.#readAt = now;
      // A store that does not answer refuses whatever comes next by itself.
      this.#isScarce = this.#read().catch(() => false);
    }
    if (await this.#isScarce) throw new CodedError('store-nearly-full', 'Transfers and those who are inside go on.');
  }

  async #read(): Promise<boolean> {
    const info = await this.redis.info('memory');
    const bytes = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
    const max = bytes('maxmemory');
    // What Redis compares with its bound: https://redis.io/docs/latest/commands/info/ (mem_not_counted_for_evict).
    const used = bytes('used_memory') - bytes('mem_not_counted_for_evict');
    return max > 0 && used > max * (1 - reservedShare);
  }
}
