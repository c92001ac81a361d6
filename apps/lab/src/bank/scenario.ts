import type { Account } from '#libs/bank';
import { modes } from './modes.js';
import { SessionLost } from '../http/step-error.js';
import { StatefulClient } from './stateful-client.js';
import { StatelessClient } from './stateless-client.js';
import type { StyleClient } from './style-client.js';
import type { ClientSession } from './client-session.js';
import type { TransferStage } from './observer.js';

/** So often a customer signs in again on one scenario before it gives up; without a bound, `unpinned` would never end. */
const patience = 5;

/** What a customer came for, and how far it has come. */
export class Scenario {
  readonly client: StyleClient;
  /** The step of a transfer that is under way, undefined between transfers. */
  step: TransferStage | undefined;
  #losses = 0;

  constructor(
    readonly clientSession: ClientSession,
    readonly payee: Account,
    /** Waits as long as the customer thinks before its next step. */
    readonly think: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.client = clientFor(clientSession);
  }

  /**
   * Takes a step. A customer whose session is lost notices, opens a session again and starts
   * this from its beginning.
   * @throws StepError, also SessionLost when the customer has no patience left
   */
  async withReauthentication(act: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof SessionLost)) throw error;
        this.clientSession.lose(error.cause, this.step);
        this.step = undefined;
        if (++this.#losses > patience || this.clientSession.stopping?.aborted) throw error;
        await this.client.signIn();
      }
    }
  }
}

/** A client of the style of the session's mode, which knows nothing of what was said before. */
export function clientFor(clientSession: ClientSession): StyleClient {
  const { style, path } = modes[clientSession.mode];
  return style === 'stateless' ? new StatelessClient(clientSession) : new StatefulClient(clientSession, path);
}
