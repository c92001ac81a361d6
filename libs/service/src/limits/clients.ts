import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { isRedisFault } from '../redis-errors.js';
import { networkOf, type Client } from './client.js';

/** Header with the pass of whom limits do not hold for. */
export const passHeader = 'x-tellers-pass';

/**
 * Tells who sends a request. Who operates the bank, its lab above all, may send more than any customer would: it fetches a
 * pass from the second port of a pod. All pods know the same, through the store.
 */
export class Clients {
  readonly #key: string;
  #pass: string | undefined;

  constructor(
    private readonly redis: Redis,
    prefix: string,
  ) {
    this.#key = `${prefix}limits:pass`;
  }

  async of({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): Promise<Client> {
    const given = headers[passHeader];
    const address = networkOf(ip);
    const isExempt = given !== undefined && (await this.#isPass(given));
    return { address, isExempt, turnsAs: isExempt ? 'exempt' : address };
  }

  /** The pass, made when it is asked for first. */
  async pass(): Promise<string> {
    await this.redis.set(this.#key, randomBytes(16).toString('base64url'), 'NX');
    this.#pass = (await this.redis.get(this.#key)) ?? undefined;
    if (this.#pass === undefined) throw new Error('The pass was removed just as it was made.');
    return this.#pass;
  }

  async #isPass(given: string | string[]): Promise<boolean> {
    if (given === this.#pass) return true;
    try {
      this.#pass = (await this.redis.get(this.#key)) ?? undefined;
    } catch (error) {
      // Limits hold for more clients than they need, until the store answers.
      if (!isRedisFault(error)) throw error;
    }
    return given === this.#pass;
  }
}
