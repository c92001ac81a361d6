import { modes } from '../modes.js';
import type { Account } from './customer.js';
import { SessionLost } from './setback.js';
import { StatefulTelling } from './stateful-journey.js';
import { StatelessTelling } from './stateless-journey.js';
import type { Telling } from './telling.js';
import type { Visit } from './visit.js';
import type { TransferStep } from './witness.js';

/** So often a customer signs in again on one errand before it gives up; without a bound, `unpinned` would never end. */
const patience = 5;

/** What a customer came for, and how far it has come. */
export class Errand {
  readonly telling: Telling;
  /** The step of a transfer that is under way, undefined between transfers. */
  step: TransferStep | undefined;
  #losses = 0;

  constructor(
    readonly visit: Visit,
    readonly payee: Account,
    /** Waits as long as the customer thinks before its next step. */
    readonly think: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.telling = tellingFor(visit);
  }

  /**
   * Does something at the counter. A customer whose session is lost notices, signs in at the counter again and starts
   * this from its beginning.
   * @throws Setback, also SessionLost when the customer has no patience left
   */
  async persist(act: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof SessionLost)) throw error;
        this.visit.lose(error.cause, this.step);
        this.step = undefined;
        if (++this.#losses > patience || this.visit.stopping?.aborted) throw error;
        await this.telling.signIn();
      }
    }
  }
}

/** A telling in the style of the visit's mode, which knows nothing of what was said before. */
export function tellingFor(visit: Visit): Telling {
  const { style, path } = modes[visit.mode];
  return style === 'stateless' ? new StatelessTelling(visit) : new StatefulTelling(visit, path);
}
