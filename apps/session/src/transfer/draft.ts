import type { Transfer } from '#libs/bank';
import { CodedError } from '#libs/service';

export type TransferStep = 'payee' | 'amount' | 'confirm';

/** A transfer on its way through its three steps, as the teller remembers it. */
export interface TransferDraft {
  /** Idempotency key of the whole transfer: a confirmation sent twice moves money once. */
  readonly key: string;
  readonly from: string;
  to?: string;
  amount?: { readonly amountMinor: number; readonly currency: string };
  /** How often it was confirmed since it was last known that no money moves: nothing of it changes before that is settled. `true` by a release before this one. */
  confirming?: number | true;
  /** What the confirmation did. */
  done?: Transfer;
}

/** What a client sees of a draft. */
export interface DraftView {
  /** By which the account service tells the outcome, too, also when this session is over. */
  readonly idempotencyKey: string;
  readonly from: string;
  readonly to?: string;
  readonly amountMinor?: number;
  readonly currency?: string;
  /** The step that comes next; null once the money has moved. */
  readonly next: TransferStep | null;
}

/** The step that a draft waits for; null once it is done. */
export function nextStep({ to, amount, done }: TransferDraft): TransferStep | null {
  if (done) return null;
  if (!to) return 'payee';
  return amount ? 'confirm' : 'amount';
}

export function viewOf(draft: TransferDraft): DraftView {
  const { key, from, to, amount } = draft;
  return { idempotencyKey: key, from, ...(to && { to }), ...amount, next: nextStep(draft) };
}

const takenWhenNext: Record<TransferStep, readonly (TransferStep | null)[]> = {
  payee: ['payee', 'amount', 'confirm'],
  amount: ['amount', 'confirm'],
  confirm: ['confirm', null],
};

/**
 * The draft, if a step may be taken now: payee and amount may be changed until the confirmation, which may be repeated.
 * @throws CodedError step-out-of-order with the step that comes next
 */
export function requireStep(draft: TransferDraft | undefined, step: TransferStep): TransferDraft {
  if (step !== 'confirm') requireSettled(draft);
  if (draft && takenWhenNext[step].includes(nextStep(draft))) return draft;
  throw outOfOrder((draft && nextStep(draft)) ?? 'begin');
}

/**
 * Refuses what would change, replace or drop a transfer whose confirmation is not settled: confirming it again tells.
 * @throws CodedError step-out-of-order
 */
export function requireSettled(draft: TransferDraft | undefined): void {
  if (draft?.confirming && !draft.done) throw outOfOrder('confirm');
}

function outOfOrder(next: TransferStep | 'begin'): CodedError {
  return new CodedError('step-out-of-order', `The next step is ${next}.`, { next });
}
