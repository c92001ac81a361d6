import { randomUUID } from 'node:crypto';
import { LedgerError, type Ledger, type Transfer } from '#libs/bank';
import { CodedError, isRedisFault, type Clock, type Log } from '#libs/service';
import type { BalanceCache } from '../overview/balance-cache.js';
import { rememberActivity, rememberPayee } from '../sessions/session.js';
import type { Session } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import { requireSettled, requireStep, viewOf, type DraftView, type TransferDraft } from './draft.js';

type SessionId = string | undefined;

/** The three-step transfer, remembered from step to step. */
export class TransferWizard {
  constructor(
    private readonly sessions: Sessions,
    private readonly accounts: BalanceCache,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Begins a transfer from an account of the customer's, the current one unless named; replaces one that was begun. */
  begin(id: SessionId, from: string | undefined): Promise<DraftView> {
    return this.accounts.use(id, (session, { accounts }) => {
      const account = accounts.find((own) => (from ? own.id === from : own.kind === 'current'));
      if (!account) throw new LedgerError('account-not-found', { field: 'from' });
      requireSettled(session.draft);
      session.draft = { key: `session:${randomUUID()}`, from: account.id };
      rememberActivity(session, { at: this.clock.now(), what: 'began-transfer' });
      return viewOf(session.draft);
    });
  }

  choosePayee(id: SessionId, to: string): Promise<DraftView> {
    return this.#change(id, (session, at) => {
      const draft = requireStep(session.draft, 'payee');
      if (draft.from === to) throw new LedgerError('same-account');
      draft.to = to;
      rememberActivity(session, { at, what: 'chose-payee', account: to });
      return viewOf(draft);
    });
  }

  chooseAmount(id: SessionId, amount: { amountMinor: number; currency: string }): Promise<DraftView> {
    return this.#change(id, (session, at) => {
      const draft = requireStep(session.draft, 'amount');
      draft.amount = amount;
      rememberActivity(session, { at, what: 'chose-amount', ...amount });
      return viewOf(draft);
    });
  }

  /**
   * Moves the money. Sent again it gives the first reply again, and after an unknown outcome it tells that. From the first
   * try on the transfer stays as it is, unless the ledger has refused it.
   */
  async confirm(id: SessionId): Promise<Transfer> {
    const { customerId, draft } = await this.#change(id, (session) => {
      const confirmed = requireStep(session.draft, 'confirm');
      if (!confirmed.done) confirmed.confirming = Number(confirmed.confirming ?? 0) + 1;
      return { customerId: session.customerId, draft: { ...confirmed } };
    });
    if (draft.done) return draft.done;
    const order = { from: draft.from, to: draft.to!, ...draft.amount! };
    try {
      const { transfer } = await this.ledger.transfer(customerId, draft.key, order);
      await this.#note(id, (session, at) => this.#rememberDone(session, draft.key, transfer, at));
      return transfer;
    } catch (error) {
      if (isRefusal(error, draft.confirming)) await this.#note(id, (session) => this.#thaw(session, draft));
      throw error;
    }
  }

  show(id: SessionId): Promise<DraftView> {
    return this.sessions.update(id, ({ draft }) => {
      if (draft) return viewOf(draft);
      throw new CodedError('no-transfer', 'Begin one first.');
    });
  }

  drop(id: SessionId): Promise<void> {
    return this.#change(id, (session, at) => {
      requireSettled(session.draft);
      if (session.draft && !session.draft.done) rememberActivity(session, { at, what: 'dropped-transfer' });
      delete session.draft;
    });
  }

  #rememberDone(session: Session, key: string, transfer: Transfer, at: number): void {
    if (session.draft?.key !== key || session.draft.done) return;
    session.draft.done = transfer;
    delete session.accountsAt;
    rememberPayee(session, transfer.to, at);
    const { to, amountMinor, currency } = transfer;
    rememberActivity(session, { at, what: 'moved-money', account: to, amountMinor, currency });
  }

  /** A confirmation that came after this one may still move the money: that one thaws, or none. */
  #thaw({ draft }: Session, refused: TransferDraft): void {
    if (draft?.key === refused.key && draft.confirming === refused.confirming) delete draft.confirming;
  }

  /** Keeps what the ledger has said. Where that fails, as after a sign-out, the client is told it all the same. */
  async #note(id: SessionId, change: (session: Session, at: number) => void): Promise<void> {
    try {
      await this.#change(id, change);
    } catch (error) {
      this.log.warn({ err: error }, 'the outcome of a transfer is not in its session');
    }
  }

  #change<Result>(id: SessionId, change: (session: Session, at: number) => Result): Promise<Result> {
    return this.sessions.update(id, (session) => change(session, this.clock.now()));
  }
}

/**
 * Whether the ledger has surely moved nothing, and will not: neither unknown, nor under way by another request. A store that
 * refuses an attempt says nothing of those before it, which may reach it from another pod later.
 */
function isRefusal(error: unknown, attempt: TransferDraft['confirming']): boolean {
  if (error instanceof LedgerError) return !['outcome-unknown', 'transfer-in-flight'].includes(error.code);
  return isRedisFault(error) && attempt === 1;
}
