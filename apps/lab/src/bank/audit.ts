import type { Platform } from '../platform/platform.js';

/** What a ledger audit found, as the account service reports it. */
export interface AuditReport {
  readonly clean: boolean;
  readonly accounts: number;
  readonly transfers: number;
  /** The first breach, in words that name the account or the key; null when clean. */
  readonly breach: string | null;
}

const auditTimeoutMs = 120_000;

/** Has the account service check the invariants M1, M2 and M3 over the whole ledger. */
export async function auditLedger(platform: Pick<Platform, 'ask'>): Promise<AuditReport> {
  return JSON.parse(await platform.ask('account', '/audit', auditTimeoutMs)) as AuditReport;
}
