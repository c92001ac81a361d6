import type { Send } from '../../http/retry.js';
import type { ClientSession } from '../client-session.js';
import type { CustomerTokens, BankCustomer } from '../customer.js';
import { RequestRefused } from '../../http/step-error.js';
import { refresh, signIn } from '../auth-client.js';

const renewBeforeMs = 60_000;

/** One person's token for all who come in that name: a password costs auth much CPU, and a refresh token works once. */
export class SharedToken {
  #fetching: Promise<CustomerTokens> | undefined;

  constructor(private readonly person: BankCustomer) {}

  /**
   * Gives a customer a token that will do for a while; whoever comes first fetches it for all.
   * @throws StepError
   */
  async lend(to: Pick<ClientSession, 'customer' | 'request' | 'waitAtAuth'>): Promise<void> {
    const held = this.person.credentials;
    const lasts = held !== undefined && held.expiresAt - renewBeforeMs > performance.now();
    if (!lasts) {
      this.#fetching ??= this.#fetch(to.request).finally(() => (this.#fetching = undefined));
      await to.waitAtAuth(this.#fetching);
    }
    to.customer.credentials = this.person.credentials;
  }

  async #fetch(send: Send): Promise<CustomerTokens> {
    if (this.person.credentials === undefined) return signIn(this.person, send);
    try {
      return await refresh(this.person, send);
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      return signIn(this.person, send);
    }
  }
}
