import type { ModeName } from './modes.js';

/**
 * What a customer believes of a transfer that it confirmed. `settled` was unknown and then found in the statement;
 * `refused` was answered with a no; `pending` has not been answered yet; `moved-again` was acknowledged a second time, as
 * another transfer, when the lab sent its requests again on purpose.
 */
export type Belief = 'pending' | 'acknowledged' | 'settled' | 'unknown' | 'refused' | 'moved-again';

export interface TransferAttempt {
  /** In which it was confirmed. */
  readonly mode: ModeName;
  readonly from: string;
  readonly to: string;
  /** Never twice by one customer, so that the statement can be searched for it. */
  readonly amountMinor: number;
  belief: Belief;
  transferId: string | undefined;
}

/** A customer's own record of the transfers that it confirmed, independent of anything the bank says. */
export class TransferBook {
  readonly attempts: TransferAttempt[] = [];
  #nextAmountMinor = 1;

  /** An amount in cents that this customer has never sent before. */
  freshAmountMinor(): number {
    return this.#nextAmountMinor++;
  }

  write(mode: ModeName, from: string, to: string, amountMinor: number): TransferAttempt {
    const attempt: TransferAttempt = { mode, from, to, amountMinor, belief: 'pending', transferId: undefined };
    this.attempts.push(attempt);
    return attempt;
  }
}
