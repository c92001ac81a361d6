import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../platform/platform.js';
import type { CustomerPool } from './pool.js';
import { checkStatements, type StatementCheck } from './statement-check.js';
import { type AuditReport, auditLedger } from './audit.js';

export interface MoneyFound {
  readonly audit: AuditReport;
  readonly statements: StatementCheck;
  /** Cents that are not where customers were told they are, and were not known to be missing before. */
  readonly newlyLostMinor: number;
}

const auditAttempts = 3;
const pauseMs = 1_000;

/** Audits the ledger, and lets customers compare their statements with their books. */
export async function checkMoney(platform: Platform, pool: CustomerPool): Promise<MoneyFound> {
  const audit = await auditOf(platform);
  const statements = await checkStatements(pool.customers, platform.baseUrl);
  const newlyLostMinor = statements.lostMinor - pool.knownLossMinor;
  pool.knownLossMinor = statements.lostMinor;
  return { audit, statements, newlyLostMinor };
}

/** It only reads: one that the store did not answer in time, or whose pod went, is begun anew. */
async function auditOf(platform: Platform): Promise<AuditReport> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await auditLedger(platform);
    } catch (error) {
      if (attempt === auditAttempts) throw error;
      await sleep(pauseMs);
    }
  }
}
