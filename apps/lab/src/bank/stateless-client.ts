import type { PreparedRequest } from '../http/recorded-request.js';
import { bearerOf, signIn, signOut } from './auth-client.js';
import type { StyleClient } from './style-client.js';
import type { ClientSession } from './client-session.js';

/** The journey at the stateless service: each request brings the token, and all that was said before. */
export class StatelessClient implements StyleClient {
  #continuation = '';
  /** Where it stopped reading its statement: even that the customer must keep itself. */
  #cursor = '';

  constructor(private readonly clientSession: ClientSession) {}

  /** What the customer brings to the next step of its transfer; empty before the first one. */
  get continuation(): string {
    return this.#continuation;
  }

  async signIn(): Promise<void> {
    // Always with the password: after a loss, the token that was refused is no use a second time.
    await signIn(this.clientSession.customer, this.clientSession.request);
    this.clientSession.open({ servedBy: undefined });
  }

  async open(): Promise<void> {
    await bearerOf(this.clientSession.customer, this.clientSession.request);
    this.clientSession.open({ servedBy: undefined });
  }

  async look(): Promise<void> {
    await this.#request({ operation: 'look', method: 'GET', path: '/account/accounts' });
    const path = `/account/accounts/${this.clientSession.customer.current.id}/entries?limit=10${this.#cursor}`;
    const { body } = await this.#request({ operation: 'look', method: 'GET', path });
    const { next } = body as { next: string | null };
    if (next !== null) this.#cursor = `&after=${encodeURIComponent(next)}`;
  }

  payee(from: string, to: string): Promise<void> {
    return this.#step('payee', { from, to });
  }

  amount(amountMinor: number, currency: string): Promise<void> {
    return this.#step('amount', { amountMinor, currency, continuation: this.#continuation });
  }

  async confirm(): Promise<string> {
    const { body } = await this.#request({
      operation: 'confirm',
      method: 'POST',
      path: '/account/transfers/steps',
      body: { step: 'confirm', continuation: this.#continuation },
    });
    return (body as { transferId: string }).transferId;
  }

  /** There is nothing to close. */
  async close(): Promise<void> {}

  async signOut(): Promise<void> {
    await signOut(this.clientSession.customer, this.clientSession.request);
    this.clientSession.close(this.clientSession.session?.home);
  }

  async #step(step: string, fields: Record<string, unknown>): Promise<void> {
    const path = '/account/transfers/steps';
    const { body } = await this.#request({ operation: step, method: 'POST', path, body: { step, ...fields } });
    this.#continuation = (body as { continuation: string }).continuation;
  }

  async #request(request: PreparedRequest): ReturnType<ClientSession['request']> {
    return this.clientSession.request({
      ...request,
      bearer: this.clientSession.customer.credentials?.accessToken ?? '',
    });
  }
}
