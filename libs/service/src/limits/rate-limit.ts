import type { FastifyReply } from 'fastify';
import type { Redis } from 'ioredis';
import type { Client } from './clients.js';
import { Counters } from './counters.js';
import { LimitExceeded } from './limit-exceeded.js';

export interface RatePolicy {
  /** As replies name it. */
  readonly name: string;
  /** How many a client may send in a window; 0 for any number. */
  readonly quota: number;
  readonly windowSeconds: number;
}

/**
 * How many requests of one kind a client may send. Replies tell by the fields of draft-ietf-httpapi-ratelimit-headers-11,
 * refusals also by the member that it gives problem documents.
 */
export class RateLimit {
  readonly #counters: Counters | undefined;

  constructor(
    redis: Redis,
    prefix: string,
    private readonly policy: RatePolicy,
  ) {
    const { name, quota, windowSeconds } = policy;
    const keyPrefix = `${prefix}limits:${name}`;
    if (quota > 0) this.#counters = new Counters(redis, { keyPrefix, quota, windowSeconds });
  }

  /**
   * Counts a request of a client, who may be exempt, and tells the reply how it stands.
   * @param key by what it counts; the client's address unless given
   * @throws LimitExceeded `rate-limited`
   */
  async take(
    { address, isExempt }: Pick<Client, 'address' | 'isExempt'>,
    reply: Pick<FastifyReply, 'getHeader' | 'header'>,
    key = address,
  ): Promise<void> {
    if (this.#counters === undefined || isExempt) return;
    const { name, quota, windowSeconds } = this.policy;
    const { counted, left, endsInSeconds } = await this.#counters.count(key);
    addItem(reply, 'ratelimit-policy', `"${name}";q=${quota};w=${windowSeconds}`);
    addItem(reply, 'ratelimit', `"${name}";r=${left};t=${endsInSeconds}`);
    if (counted <= quota) return;
    const message = `No more than ${quota} of these in ${windowSeconds} seconds: nothing was done.`;
    throw new LimitExceeded('rate-limited', message, name, endsInSeconds);
  }
}

/** Adds to a list (RFC 9651, 3.1): several policies can hold for one request. */
function addItem(reply: Pick<FastifyReply, 'getHeader' | 'header'>, name: string, item: string): void {
  const before = reply.getHeader(name);
  reply.header(name, before === undefined ? item : `${String(before)}, ${item}`);
}
