import type { Platform } from '../platform/platform.js';
import type { AuditSummary } from '../report/live.js';
import { pause } from './pause.js';
import type { AuditSnapshot as ReportedAudit } from '../protocol/snapshots.js';
import { auditLedger } from '../bank/audit.js';

const everyMs = 10_000;
/** An audit reads the whole ledger: it may take one part in so many of the time. */
const leisure = 20;

/** Audits the ledger again and again. */
export class Auditor {
  #latest: AuditSummary;

  /** @param isWanted whether anybody wants to know; while nobody does, the ledger is left in peace */
  constructor(
    private readonly platform: Pick<Platform, 'ask'>,
    private readonly isWanted: () => boolean = () => true,
  ) {}

  get latest(): AuditSummary {
    return this.#latest;
  }

  /** The latest one, as a page is told it. */
  get reported(): ReportedAudit | null {
    if (this.#latest === undefined) return null;
    const at = this.#latest.at.getTime();
    if ('failed' in this.#latest) {
      return { at, clean: null, accounts: 0, transfers: 0, breach: null, fault: this.#latest.failed };
    }
    return { at, ...this.#latest.report, fault: null };
  }

  /** Audits until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const startedAt = performance.now();
      if (this.isWanted()) await this.audit();
      await pause(Math.max(this.isWanted() ? everyMs : 1_000, leisure * (performance.now() - startedAt)), signal);
    }
  }

  /** Audits now. One that fails, because Redis is slow for instance, is shown and ends nothing. */
  async audit(): Promise<AuditSummary> {
    try {
      const { clean, accounts, transfers, breach } = await auditLedger(this.platform);
      this.#latest = { report: { clean, accounts, transfers, breach }, at: new Date() };
    } catch (error) {
      this.#latest = { failed: (error as Error).message, at: new Date() };
    }
    return this.#latest;
  }
}
