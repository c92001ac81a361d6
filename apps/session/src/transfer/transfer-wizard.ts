import { randomUUID } from 'node:crypto';
import { LedgerError, type Ledger, type Transfer } from '#libs/bank';
import { CodedError, type Clock } from '#libs/service';
import type { AccountBook } from '../overview/account-book.js';
import { rememberActivity, rememberPayee } from '../sessions/memory.js';
import type { Session } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import { requireStep, viewOf, type DraftView } from './draft.js';

type SessionId = string | undefined;

/** The three-step transfer, remembered from step to step. */
export class TransferWizard {
  constructor(
    private readonly sessions: Sessions,
    private readonly accounts: AccountBook,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Begins a transfer from an account of the customer's, the current one unless named; replaces one that was begun. */
  begin(id: SessionId, from: string | undefined): Promise<DraftView> {
    return this.accounts.use(id, (session, { accounts }) => {
      const account = accounts.find((own) => (from ? own.id === from : own.kind === 'current'));
      if (!account) throw new LedgerError('account-not-found', { field: 'from' });
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

  /** Moves the money. Sent again it gives the first reply again; after a fault of the store it may be sent again. */
  async confirm(id: SessionId): Promise<Transfer> {
    const { customerId, draft } = await this.sessions.update(id, (session) => ({
      customerId: session.customerId,
      draft: { ...requireStep(session.draft, 'confirm') },
    }));
    if (draft.done) return draft.done;
    const order = { from: draft.from, to: draft.to!, ...draft.amount! };
    const { transfer } = await this.ledger.transfer(customerId, draft.key, order);
    await this.#change(id, (session, at) => this.#rememberDone(session, draft.key, transfer, at));
    return transfer;
  }

  show(id: SessionId): Promise<DraftView> {
    return this.sessions.update(id, ({ draft }) => {
      if (draft) return viewOf(draft);
      throw new CodedError('no-transfer', 'Begin one first.');
    });
  }

  drop(id: SessionId): Promise<void> {
    return this.#change(id, (session, at) => {
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

  #change<Result>(id: SessionId, change: (session: Session, at: number) => Result): Promise<Result> {
    return this.sessions.update(id, (session) => change(session, this.clock.now()));
  }
}
