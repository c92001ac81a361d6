import type { AuditReport, Platform } from '../platform/platform.js';
import type { CustomerPool } from './pool.js';
import { checkStatements, type StatementCheck } from './statement-check.js';

export interface MoneyFound {
  readonly audit: AuditReport;
  readonly statements: StatementCheck;
  /** Cents that are not where customers were told they are, and were not known to be missing before. */
  readonly newlyLostMinor: number;
}

/** Audits the ledger, and lets customers compare their statements with their books. */
export async function checkMoney(platform: Platform, pool: CustomerPool): Promise<MoneyFound> {
  const audit = await platform.audit();
  const statements = await checkStatements(pool.customers, platform.baseUrl);
  const newlyLostMinor = statements.lostMinor - pool.knownLossMinor;
  pool.knownLossMinor = statements.lostMinor;
  return { audit, statements, newlyLostMinor };
}
