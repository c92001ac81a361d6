import type { Redis } from 'ioredis';
import type { Ledger } from '#libs/bank';
import type { Clock, Log } from '#libs/service';
import type { Customer } from './customer.js';
import type { Customers } from './customers.js';

/** So often each pod looks; what another has done meanwhile is found done. */
const sweepEveryMs = 60_000;
const atOnce = 100;

/**
 * Forgets customers who were not seen for a while and never moved money: who registers by the thousand would fill the store
 * for good. A sorted set has those who may be such, by when they were last seen, and a hash their usernames.
 */
export class UnusedCustomers {
  readonly #timer: NodeJS.Timeout;
  readonly #seenKey: string;
  readonly #namesKey: string;

  constructor(
    private readonly redis: Redis,
    prefix: string,
    private readonly customers: Customers,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly unseenMs: number,
  ) {
    this.#seenKey = `${prefix}customers-unused`;
    this.#namesKey = `${prefix}customers-unused-names`;
    this.#timer = setInterval(() => void this.sweep(), sweepEveryMs).unref();
  }

  /** Notes a new customer. */
  async add({ customerId, username }: Customer): Promise<void> {
    await Promise.all([
      this.redis.hset(this.#namesKey, customerId, username),
      this.redis.zadd(this.#seenKey, this.clock.now(), customerId),
    ]);
  }

  /** Notes that a customer signed in, or goes on. */
  seen(customerId: string): void {
    // Nobody is refused for it: the next time is noted again.
    this.redis.zadd(this.#seenKey, 'XX', this.clock.now(), customerId).catch(() => undefined);
  }

  /** Forgets who was not seen for long and never moved money; whoever did is looked at no more. Never throws. */
  async sweep(): Promise<void> {
    try {
      const until = this.clock.now() - this.unseenMs;
      const due = await this.redis.zrange(this.#seenKey, '-inf', String(until), 'BYSCORE', 'LIMIT', 0, atOnce);
      if (due.length === 0) return;
      const names = await this.redis.hmget(this.#namesKey, ...due);
      let forgotten = 0;
      for (const [index, customerId] of due.entries()) {
        if (await this.#forget(customerId, names[index])) forgotten += 1;
      }
      this.log.info({ forgotten, kept: due.length - forgotten }, 'unused customers forgotten');
    } catch (error) {
      this.log.warn({ err: error }, 'unused customers are looked for again in a minute');
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #forget(customerId: string, username: string | null | undefined): Promise<boolean> {
    const record = username == null ? undefined : await this.customers.record(username, customerId);
    const isForgotten = record !== undefined && (await this.ledger.closeUnused(customerId, record));
    await Promise.all([this.redis.zrem(this.#seenKey, customerId), this.redis.hdel(this.#namesKey, customerId)]);
    return isForgotten;
  }
}
