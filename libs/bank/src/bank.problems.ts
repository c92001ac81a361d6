import type { LedgerErrorCode } from './ledger-error.js';
import type { ProblemKind } from '#libs/service';

/** How each error of the ledger looks over HTTP. */
export const bankProblems = {
  'account-not-found': { status: 404, title: 'Account not found' },
  'balance-overflow': { status: 422, title: 'Balance overflow' },
  'currency-mismatch': { status: 422, title: 'Currency mismatch' },
  'idempotency-key-reused': { status: 422, title: 'Idempotency key reused' },
  'insufficient-funds': { status: 422, title: 'Insufficient funds' },
  'outcome-unknown': { status: 503, title: 'Outcome unknown', headers: { 'retry-after': '1' } },
  'same-account': { status: 422, title: 'Same account' },
  'transfer-in-flight': { status: 409, title: 'Transfer in flight' },
} satisfies Record<LedgerErrorCode, ProblemKind>;
