import { CodedError } from '#libs/service';

/** What can be wrong with an order, with the sentence that a client reads. */
const sentences = {
  'account-not-found': 'There is no such account, or it is not yours.',
  'balance-overflow': 'The balance would exceed what an account can hold.',
  'currency-mismatch': 'Both accounts must hold the currency of the transfer.',
  'idempotency-key-reused': 'This idempotency key was used for another transfer.',
  'insufficient-funds': 'The account holds less than the amount.',
  'outcome-unknown':
    'The ledger did not answer in time, so it is unknown whether money moved. Send the same order again with the same idempotency key.',
  'same-account': 'A transfer needs two accounts.',
  'transfer-in-flight': 'A transfer with this idempotency key is being made at this moment.',
} as const;

export type LedgerErrorCode = keyof typeof sentences;

/** A rule of the bank that was broken, or an answer that never came. */
export class LedgerError extends CodedError {
  declare readonly code: LedgerErrorCode;

  constructor(code: LedgerErrorCode, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(code, sentences[code], details, options);
  }
}

export const isLedgerErrorCode = (code: string): code is LedgerErrorCode => Object.hasOwn(sentences, code);
