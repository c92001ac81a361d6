import type { Redis } from 'ioredis';
import type { Log } from '../log.js';
import { unmetNeed } from '../redis-needs.js';

const againMs = 2_000;

/** Whether the store was reached once and lets this service do what it must; asked again and again until it does. */
export class StoreReadiness {
  #why = 'it was not reached yet';
  #isFit = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #onError = ({ message }: Error) => (this.#why = message);

  constructor(
    private readonly redis: Redis,
    private readonly keyPrefix: string,
    private readonly log: Log,
  ) {
    redis.on('error', this.#onError);
    if (redis.status === 'ready') this.#begin();
    else redis.once('ready', this.#begin);
  }

  /** True, or why not. */
  get holds(): true | string {
    return this.#isFit || this.#why;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.redis.off('ready', this.#begin);
  }

  readonly #begin = (): void => void this.#check();

  async #check(): Promise<void> {
    const unmet = await unmetNeed(this.redis, this.keyPrefix).catch(({ message }: Error) => message);
    this.#isFit = unmet === undefined;
    if (unmet === undefined) return void this.redis.off('error', this.#onError);
    if (unmet !== this.#why) this.log.error(`Redis cannot be used: ${unmet}`);
    this.#why = unmet;
    this.#timer = setTimeout(this.#begin, againMs).unref();
  }
}
