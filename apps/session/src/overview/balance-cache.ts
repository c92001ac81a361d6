import type { Account, Ledger } from '#libs/bank';
import type { Clock } from '#libs/service';
import type { Session } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';

/** Others may pay into an account at any time: a remembered balance is asked for again after this long. */
const balancesGoodForMs = 5_000;

/** A customer's accounts; `asOf` is when the ledger told their balances, in milliseconds since the epoch. */
export interface KnownAccounts {
  readonly accounts: readonly Account[];
  readonly asOf: number;
}

/** The customer's accounts as the session remembers them; the ledger is asked only when they may have changed. */
export class BalanceCache {
  constructor(
    private readonly sessions: Sessions,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Applies a change to a session, given the accounts. */
  async use<Result>(
    sessionId: string | undefined,
    change: (session: Session, known: KnownAccounts) => Result,
  ): Promise<Result> {
    const first = await this.sessions.update(sessionId, (session) => {
      const known = this.#remembered(session);
      return known ? { result: change(session, known) } : { customerId: session.customerId };
    });
    if ('result' in first) return first.result;
    const accounts = await this.ledger.accounts(first.customerId);
    return this.sessions.update(sessionId, (session) => {
      session.accounts = accounts;
      session.accountsAt = this.clock.now();
      return change(session, { accounts, asOf: session.accountsAt });
    });
  }

  #remembered({ accounts, accountsAt }: Session): KnownAccounts | undefined {
    if (!accounts || accountsAt === undefined) return undefined;
    return this.clock.now() - accountsAt < balancesGoodForMs ? { accounts, asOf: accountsAt } : undefined;
  }
}
