import type { Redis } from 'ioredis';
import { isRedisFault } from '#libs/service';

/** An address that a customer has not signed in from for so long is a stranger's again. */
const ttlSeconds = 30 * 24 * 3_600;

/** From where customers have signed in: a stranger cannot make them wait there. */
export class KnownAddresses {
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  async has(username: string, address: string): Promise<boolean> {
    return (await this.redis.exists(this.#key(username, address))) === 1;
  }

  async add(username: string, address: string): Promise<void> {
    try {
      await this.redis.set(this.#key(username, address), '', 'EX', ttlSeconds);
    } catch (error) {
      // The customer is in all the same, and known the next time.
      if (!isRedisFault(error)) throw error;
    }
  }

  #key(username: string, address: string): string {
    return `${this.prefix}signed-in-from:${username}:${address}`;
  }
}
