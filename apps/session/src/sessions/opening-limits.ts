import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import type { Identity } from '#libs/identity';
import { RateLimit, type Clients } from '#libs/service';
import type { SessionEnvironment } from '../environment.js';

const windowSeconds = 60;

/** How many sessions a customer, and an address, may open; the pods of all modes count together. */
export class OpeningLimits {
  readonly #ofCustomer: RateLimit;
  readonly #ofAddress: RateLimit;

  constructor(
    redis: Redis,
    private readonly clients: Clients,
    environment: SessionEnvironment,
  ) {
    const limit = (name: string, quota: number) =>
      new RateLimit(redis, environment.REDIS_KEY_PREFIX, { name, quota, windowSeconds });
    this.#ofCustomer = limit('sessions', environment.SESSIONS_PER_MINUTE);
    this.#ofAddress = limit('sessions-of-address', environment.SESSIONS_PER_MINUTE_OF_ADDRESS);
  }

  /** @throws LimitExceeded `rate-limited` */
  async take({ customerId }: Identity, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const client = await this.clients.of(request);
    await this.#ofCustomer.take(client, reply, customerId);
    await this.#ofAddress.take(client, reply);
  }
}
