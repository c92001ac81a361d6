import { closeSession } from './close.js';
import { bearerOf, signOut } from './sign-in.js';
import type { Telling } from './telling.js';
import type { Visit } from './visit.js';

/** The journey at the counter that remembers: say who you are once, then only what is new. */
export class StatefulTelling implements Telling {
  constructor(
    private readonly visit: Visit,
    private readonly path: string,
  ) {}

  async signIn(): Promise<void> {
    const bearer = await bearerOf(this.visit.customer, (ask) => this.visit.ask(ask));
    this.visit.open(await this.visit.ask({ operation: 'open', method: 'POST', path: this.path, bearer }));
  }

  async look(): Promise<void> {
    await this.visit.ask({ operation: 'look', method: 'GET', path: `${this.path}/overview` });
  }

  async payee(from: string, to: string): Promise<void> {
    const path = `${this.path}/transfer`;
    await this.visit.ask({ operation: 'payee', method: 'POST', path, body: { from } });
    await this.visit.ask({ operation: 'payee', method: 'PUT', path: `${path}/payee`, body: { to } });
  }

  async amount(amountMinor: number, currency: string): Promise<void> {
    const path = `${this.path}/transfer/amount`;
    await this.visit.ask({ operation: 'amount', method: 'PUT', path, body: { amountMinor, currency } });
  }

  async confirm(): Promise<string> {
    const path = `${this.path}/transfer/confirm`;
    const { body } = await this.visit.ask({ operation: 'confirm', method: 'POST', path });
    return (body as { transferId: string }).transferId;
  }

  async signOut(): Promise<void> {
    await closeSession(this.visit, this.path);
    await signOut(this.visit.customer, (ask) => this.visit.ask(ask));
  }
}
