import { SessionLost } from '../http/step-error.js';
import { bearerOf, signOut } from './auth-client.js';
import type { StyleClient } from './style-client.js';
import type { ClientSession } from './client-session.js';

/** The journey at the stateful service: say who you are once, then only what is new. */
export class StatefulClient implements StyleClient {
  constructor(
    private readonly clientSession: ClientSession,
    private readonly path: string,
  ) {}

  async signIn(): Promise<void> {
    const bearer = await bearerOf(this.clientSession.customer, this.clientSession.request);
    this.clientSession.open(
      await this.clientSession.request({ operation: 'open', method: 'POST', path: this.path, bearer }),
    );
  }

  open(): Promise<void> {
    return this.signIn();
  }

  async look(): Promise<void> {
    const { body } = await this.clientSession.request({
      operation: 'look',
      method: 'GET',
      path: `${this.path}/overview`,
    });
    const { visits } = body as { visits?: number };
    if (visits !== undefined) this.clientSession.visited(visits);
  }

  async payee(from: string, to: string): Promise<void> {
    const path = `${this.path}/transfer`;
    await this.clientSession.request({ operation: 'payee', method: 'POST', path, body: { from } });
    await this.clientSession.request({ operation: 'payee', method: 'PUT', path: `${path}/payee`, body: { to } });
  }

  async amount(amountMinor: number, currency: string): Promise<void> {
    const path = `${this.path}/transfer/amount`;
    await this.clientSession.request({ operation: 'amount', method: 'PUT', path, body: { amountMinor, currency } });
  }

  async confirm(): Promise<string> {
    const path = `${this.path}/transfer/confirm`;
    const { body } = await this.clientSession.request({ operation: 'confirm', method: 'POST', path });
    return (body as { transferId: string }).transferId;
  }

  close(): Promise<void> {
    return closeAt(this.clientSession, this.path);
  }

  async signOut(): Promise<void> {
    await this.close();
    await signOut(this.clientSession.customer, this.clientSession.request);
  }
}

/**
 * Closes the session at a stateful service.
 * @throws StepError
 */
export async function closeAt(clientSession: ClientSession, path: string): Promise<void> {
  try {
    const { servedBy } = await clientSession.request({ operation: 'close', method: 'DELETE', path });
    clientSession.close(servedBy);
  } catch (error) {
    // Asked again, as no answer came or the store gave none in time: an earlier one had closed it.
    const closedBefore =
      error instanceof SessionLost && error.cause === 'session-signed-out' && clientSession.attempts > 1;
    if (!closedBefore) throw error;
    clientSession.close(clientSession.session?.home);
  }
}
