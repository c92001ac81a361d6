import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { LeasePlace } from './lease.js';

/** Each run's prefix with the time of its beat, as Redis tells it. */
const registry = 'tellers:runs';
const isPrefix = /^tellers:[0-9a-f]{8}:$/;

/** What the keys of one more run begin with. */
export function newPrefix(): string {
  return `tellers:${randomBytes(4).toString('hex')}:`;
}

/** The keys of all runs in one Redis, each under its prefix. */
export class RunKeys implements LeasePlace {
  #beatAt = 0;

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  async beat(): Promise<void> {
    const [seconds, micros] = (await this.redis.time()).map(Number) as [number, number];
    this.#beatAt = seconds * 1_000 + Math.floor(micros / 1_000);
    await this.redis.zadd(registry, String(this.#beatAt), this.prefix);
  }

  async silences(): Promise<ReadonlyMap<string, number>> {
    const beats = await this.redis.zrange(registry, '0', '-1', 'WITHSCORES');
    const pairs = beats.flatMap((prefix, place) =>
      place % 2 === 0 ? [[prefix, Number(beats[place + 1])] as const] : [],
    );
    return new Map(
      pairs
        // Whatever else somebody wrote there is no prefix to remove keys by.
        .filter(([prefix]) => prefix !== this.prefix && isPrefix.test(prefix))
        .map(([prefix, at]) => [prefix, this.#beatAt - at]),
    );
  }

  async remove(run: string): Promise<void> {
    for await (const keys of this.redis.scanStream({ match: `${run}*`, count: 1_000 }) as AsyncIterable<string[]>) {
      if (keys.length > 0) await this.redis.unlink(...keys);
    }
    await this.redis.zrem(registry, run);
  }

  removeOwn(): Promise<void> {
    return this.remove(this.prefix);
  }
}
