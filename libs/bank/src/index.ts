export {
  account,
  accountId,
  customerAccountKinds,
  entryPage,
  entryQuery,
  type Account,
  type CustomerAccountKind,
  type Entry,
  type EntryPage,
  type EntryQuery,
} from './accounts.js';
export { audit, type AuditResult } from './audit.js';
export { BankModule } from './bank.module.js';
export { bankProblems } from './bank.problems.js';
export { LedgerError, type LedgerErrorCode } from './ledger-error.js';
export { Ledger, type LedgerOptions } from './ledger.js';
export { amountMinor, currency, maxMinor } from './money.js';
export { transferKeyCount } from './scripts/commands.js';
export { transferScript } from './scripts/transfer.lua.js';
export {
  idempotencyKey,
  transfer,
  transferOrder,
  type Transfer,
  type TransferOrder,
  type TransferResult,
} from './transfers.js';
