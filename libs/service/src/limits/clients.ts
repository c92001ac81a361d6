import { randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { isRedisFault } from '../redis-errors.js';

/** Who sends a request, as limits see it. */
export interface Client {
  /** An IPv4 address, or the /64 network of an IPv6 address: whoever has one of its addresses has them all. */
  readonly address: string;
  /** Whether it has the pass that the second port gives, which no stranger reaches. */
  readonly isExempt: boolean;
  /** Among whom it takes turns: all that are exempt are one. */
  readonly turnsAs: string;
}

/** Header with the pass of whom limits do not hold for. */
const passHeader = 'x-tellers-pass';

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

const mapped = /^::ffff:(?=\d+\.)/i;

/** What an address counts as. */
export function networkOf(address: string): string {
  const plain = address.replace(mapped, '');
  if (!isIPv6(plain)) return plain;
  const [front = [], back] = plain.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = back === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0');
  const groups = [...front, ...zeros, ...(back ?? [])].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
