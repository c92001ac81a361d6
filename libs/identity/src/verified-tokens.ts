import type { Identity } from './token-rules.js';

/**
 * Remembers who verified tokens are about, so that a token is verified once. Keyed by the whole token: a prefix or a
 * digest of parts would let a forged tail pass.
 */
export class VerifiedTokens {
  readonly #identities = new Map<string, Identity>();
  #generation = 0;

  /** @param capacity most tokens remembered; past it the one that was remembered first goes */
  constructor(private readonly capacity = 10_000) {}

  /** Counts how often the map was emptied. */
  get generation(): number {
    return this.#generation;
  }

  get size(): number {
    return this.#identities.size;
  }

  /** Returns the identity of a token that was verified and has not expired at `now` (ms since the epoch). */
  get(token: string, now: number): Identity | undefined {
    const identity = this.#identities.get(token);
    if (!identity || identity.tokenExpiresAt > now) return identity;
    this.#identities.delete(token);
    return undefined;
  }

  /** Remembers a token that was verified while the map was at `generation`; later keys may not know it any more. */
  remember(token: string, identity: Identity, generation: number): void {
    if (generation !== this.#generation) return;
    this.#identities.set(token, identity);
    if (this.#identities.size <= this.capacity) return;
    const [oldest] = this.#identities.keys();
    if (oldest !== undefined) this.#identities.delete(oldest);
  }

  /** Forgets all: the keys changed. */
  clear(): void {
    this.#identities.clear();
    this.#generation += 1;
  }
}
