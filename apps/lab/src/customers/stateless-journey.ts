import type { Ask } from './exchange.js';
import { signIn, signOut } from './sign-in.js';
import type { Telling } from './telling.js';
import type { Visit } from './visit.js';

interface StepReply {
  readonly continuation: string;
}

/** The journey at the counter without memory: each request brings the token, and all that was said before. */
export class StatelessTelling implements Telling {
  #continuation = '';
  /** Where it stopped reading its statement: even that the customer must keep itself. */
  #cursor = '';

  constructor(private readonly visit: Visit) {}

  /** What the customer brings to the next step of its transfer; empty before the first one. */
  get continuation(): string {
    return this.#continuation;
  }

  async signIn(): Promise<void> {
    // Always with the password: after a loss, the token that was refused is no use a second time.
    await signIn(this.visit.customer, (ask) => this.visit.ask(ask));
    this.visit.open({ servedBy: undefined });
  }

  async look(): Promise<void> {
    await this.#ask({ operation: 'look', method: 'GET', path: '/account/accounts' });
    const path = `/account/accounts/${this.visit.customer.current.id}/entries?limit=10${this.#cursor}`;
    const { body } = await this.#ask({ operation: 'look', method: 'GET', path });
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
    const { body } = await this.#ask({
      operation: 'confirm',
      method: 'POST',
      path: '/account/transfers/steps',
      body: { step: 'confirm', continuation: this.#continuation },
    });
    return (body as { transferId: string }).transferId;
  }

  async signOut(): Promise<void> {
    await signOut(this.visit.customer, (ask) => this.visit.ask(ask));
    this.visit.close(this.visit.session?.home);
  }

  async #step(step: string, fields: Record<string, unknown>): Promise<void> {
    const path = '/account/transfers/steps';
    const { body } = await this.#ask({ operation: step, method: 'POST', path, body: { step, ...fields } });
    this.#continuation = (body as StepReply).continuation;
  }

  async #ask(ask: Ask): ReturnType<Visit['ask']> {
    return this.visit.ask({ ...ask, bearer: this.visit.customer.credentials?.accessToken ?? '' });
  }
}
