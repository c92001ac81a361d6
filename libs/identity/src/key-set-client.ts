import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Clock, Log } from '#libs/service';
import { IdentityError } from './identity-error.js';

const publishedKeySet = z.object({ keys: z.array(z.unknown()) });
const usableKey = z.looseObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  use: z.literal('sig').optional(),
  key_ops: z
    .array(z.string())
    .refine((operations) => operations.includes('verify'))
    .optional(),
  alg: z.literal('ES256').optional(),
});

export interface KeySetClientOptions {
  /** Where the issuer publishes its keys (RFC 7517). */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'error'>;
  readonly refreshMs?: number;
  /** The shortest time between two fetches that unknown keys ask for: a flood of forged `kid`s must not reach the issuer. */
  readonly askAgainMs?: number;
  /** Called after the keys changed. */
  readonly onChange?: () => void;
}

/** The issuer's public keys, fetched and kept fresh. If the issuer is gone the last good set stays. */
export class KeySetClient {
  #keys: ReadonlyMap<string, KeyObject> | undefined;
  #text: string | undefined;
  #fetchedAt = -Infinity;
  #inFlight: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly options: KeySetClientOptions) {}

  /** Whether a first set is there. */
  get ready(): boolean {
    return this.#keys !== undefined;
  }

  /** Begins to fetch, each second until a first set is there and then each `refreshMs` (60 s). Does not wait. */
  start(): void {
    void this.#keepFresh();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /**
   * The key named `kid`: at once if it is known; else the set is fetched again, unless that was done a moment ago.
   * @throws IdentityError `keys-unavailable` if there is no set yet
   */
  keyFor(kid: string): KeyObject | undefined | Promise<KeyObject | undefined> {
    const key = this.#keys?.get(kid);
    if (key) return key;
    const justFetched = this.options.clock.now() - this.#fetchedAt < (this.options.askAgainMs ?? 5000);
    if (justFetched && !this.#inFlight) return this.#require(kid);
    return this.refresh().then(() => this.#require(kid));
  }

  /** Fetches the set now, or joins the fetch that is under way; never rejects. */
  refresh(): Promise<void> {
    this.#inFlight ??= this.#fetch().finally(() => (this.#inFlight = undefined));
    return this.#inFlight;
  }

  #require(kid: string): KeyObject | undefined {
    if (!this.#keys) throw new IdentityError('keys-unavailable');
    return this.#keys.get(kid);
  }

  async #keepFresh(): Promise<void> {
    await this.refresh();
    if (this.#closed) return;
    const pauseMs = this.ready ? (this.options.refreshMs ?? 60_000) : 1000;
    this.#timer = setTimeout(() => this.start(), pauseMs).unref();
  }

  async #fetch(): Promise<void> {
    const { url, clock, log } = this.options;
    this.#fetchedAt = clock.now();
    try {
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(2000) });
      if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
      const text = await response.text();
      if (text === this.#text) return;
      this.#keys = importKeys(JSON.parse(text));
      this.#text = text;
      log.info({ kids: [...this.#keys.keys()] }, 'keys changed');
      this.options.onChange?.();
    } catch (error) {
      log.error({ err: error, url }, this.ready ? 'keys not refreshed, the last good ones stay' : 'no keys yet');
    }
  }
}

/** Takes the keys it can use and leaves the others, as RFC 7517, section 5 asks. */
function importKeys(body: unknown): Map<string, KeyObject> {
  const keys = publishedKeySet.parse(body).keys.flatMap((jwk) => {
    const usable = usableKey.safeParse(jwk);
    if (!usable.success) return [];
    const { kid, kty, crv, x, y } = usable.data;
    try {
      return [[kid, createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })] as const];
    } catch {
      // Its coordinates are no point of the curve.
      return [];
    }
  });
  if (keys.length === 0) throw new Error('the set holds no ES256 key');
  return new Map(keys);
}
