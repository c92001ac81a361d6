import type { Redis } from 'ioredis';
import { CodedError, type PodIdentity } from '#libs/service';

export type BootState = 'serving' | 'draining' | 'gone';

const heartbeatMs = 2_000;
const lifetimeMs = 6_000;
/** By then every boot that lives has reconnected to a store that came back, which it tries every second, and has beaten at once. */
const heardWithinMs = 4_000;
/**
 * A beat of our own that is this late was missed: the store was too slow for it or refused it, and perhaps those of others.
 * A key is missed when two were, of which we may have met one; hence less than two heartbeats.
 */
const lateMs = 1.5 * heartbeatMs;

/**
 * Which boots are alive. Each keeps a subscription, which Redis drops the moment its process dies, and a key that
 * expires, for the machine that vanishes without closing its connections.
 */
export class BootRegistry {
  #state: Exclude<BootState, 'gone'> = 'serving';
  #announced = false;
  #timer: NodeJS.Timeout | undefined;
  /** Until when the store may not have heard of every boot again, by `performance.now()`. */
  #blindUntil = -Infinity;
  /** When our own last beat was written; Infinity before the first. */
  #beatAt = Infinity;
  readonly #subscriber: Redis;

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly pod: PodIdentity,
  ) {
    this.#subscriber = redis.duplicate({ lazyConnect: true, autoResubscribe: false });
    this.#subscriber.on('error', () => {
      // It reconnects by itself, and the service's own connection has logged the same.
    });
    this.#subscriber.on('close', () => (this.#blindUntil = Infinity));
    this.#subscriber.on('ready', () => {
      if (this.#blindUntil === Infinity) this.#blindUntil = performance.now() + heardWithinMs;
      this.#subscribe().then(this.#beat, () => {
        // The next beat sees whether it stands all the same: an answer that was late is no reason to begin anew.
      });
    });
  }

  /** Whether others can tell by now that this boot is alive. */
  get announced(): boolean {
    return this.#announced;
  }

  /** Announces this boot, again and again. */
  start(): void {
    this.#subscriber.connect().catch(() => {
      // It goes on trying.
    });
    this.redis.on('ready', this.#beat);
    this.redis.on('close', this.#lose);
    this.#timer = setInterval(this.#beat, heartbeatMs).unref();
  }

  /** Tells others that this boot hands over what it holds. */
  async drain(): Promise<void> {
    this.#state = 'draining';
    await this.#announce();
  }

  /**
   * What became of a boot.
   * @throws CodedError store-unavailable when the store has just come back and cannot tell yet
   */
  async stateOf(bootId: string): Promise<BootState> {
    const key = this.#key(bootId);
    const [state, subscribed] = await Promise.all([this.redis.get(key), this.#isSubscribed(key)]);
    if (subscribed && (state === 'serving' || state === 'draining')) return state;
    // One that takes no changes may be an old primary, which others have left after a failover.
    if (!this.#isBlind) await this.#writeState();
    if (!this.#isBlind) return 'gone';
    throw new CodedError('store-unavailable', 'The store has just come back, and is still told which pods are alive.');
  }

  get #isBlind(): boolean {
    const now = performance.now();
    return now <= this.#blindUntil || now - this.#beatAt > lateMs;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.redis.off('ready', this.#beat);
    this.redis.off('close', this.#lose);
    this.#subscriber.disconnect();
    await this.redis.unlink(this.#key(this.pod.bootId)).catch(() => {
      // It expires by itself.
    });
  }

  /** The next connection may lead to another store, which every boot has yet to find. */
  readonly #lose = (): void => {
    this.#blindUntil = Math.max(this.#blindUntil, performance.now() + heardWithinMs);
  };

  readonly #beat = (): void => {
    this.#announce().catch(() => {
      // The next beat tries again; the connection's own log has the fault.
    });
  };

  async #announce(): Promise<void> {
    const key = this.#key(this.pod.bootId);
    const [subscribed] = await Promise.all([this.#isSubscribed(key), this.#writeState()]);
    const now = performance.now();
    if (now - this.#beatAt > lateMs) this.#blindUntil = Math.max(this.#blindUntil, now + heardWithinMs);
    this.#beatAt = now;
    this.#announced ||= subscribed;
    if (!subscribed && this.#subscriber.status === 'ready') await this.#subscribeAnew(key);
  }

  /**
   * A store that went without a word took the subscription along, and a connection that only listens does not notice, nor
   * that it leads to the old primary after a failover.
   */
  async #subscribeAnew(key: string): Promise<void> {
    const stands = await this.#subscribe().then(
      () => this.#isSubscribed(key),
      () => false,
    );
    if (!stands) this.#subscriber.disconnect(true);
  }

  #writeState(): Promise<unknown> {
    return this.redis.set(this.#key(this.pod.bootId), this.#state, 'PX', lifetimeMs);
  }

  #subscribe(): Promise<unknown> {
    return this.#subscriber.subscribe(this.#key(this.pod.bootId));
  }

  async #isSubscribed(key: string): Promise<boolean> {
    const [, subscribers] = await this.redis.pubsub('NUMSUB', key);
    return Number(subscribers) > 0;
  }

  #key(bootId: string): string {
    return `${this.prefix}boot:${bootId}`;
  }
}
