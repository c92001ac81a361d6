import type { Asking } from '../customers/asking.js';
import type { Credentials, Customer } from '../customers/customer.js';
import { Refused } from '../customers/setback.js';
import { refresh, signIn } from '../customers/sign-in.js';

const renewBeforeMs = 60_000;

/** One person's token for all who come in that name: a password costs auth much CPU, and a refresh token works once. */
export class SharedToken {
  #fetching: Promise<Credentials> | undefined;

  constructor(private readonly person: Customer) {}

  /**
   * Gives `to` a token that will do for a while; whoever comes first fetches it for all.
   * @throws Setback
   */
  async lend(to: Customer, ask: Asking): Promise<void> {
    const held = this.person.credentials;
    const lasts = held !== undefined && held.expiresAt - renewBeforeMs > performance.now();
    if (!lasts) await (this.#fetching ??= this.#fetch(ask).finally(() => (this.#fetching = undefined)));
    to.credentials = this.person.credentials;
  }

  async #fetch(ask: Asking): Promise<Credentials> {
    if (this.person.credentials === undefined) return signIn(this.person, ask);
    try {
      return await refresh(this.person, ask);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return signIn(this.person, ask);
    }
  }
}
