import { auditLedger } from '../bank/audit.js';
import type { Platform } from '../platform/platform.js';
import type { AuditSnapshot } from '../protocol/snapshots.js';
import { pause } from './pause.js';

const everyMs = 10_000;
/** An audit reads the whole ledger: it may take one part in so many of the time. */
const leisure = 20;

/** Audits the ledger again and again. */
export class Auditor {
  #latest: AuditSnapshot | null = null;

  constructor(private readonly platform: Pick<Platform, 'ask'>) {}

  get latest(): AuditSnapshot | null {
    return this.#latest;
  }

  /**
   * Audits until the signal is aborted.
   * @param isWanted whether anybody wants to know; while nobody does, the ledger is left in peace
   */
  async run(signal: AbortSignal, isWanted: () => boolean = () => true): Promise<void> {
    while (!signal.aborted) {
      const startedAt = performance.now();
      if (isWanted()) await this.audit();
      await pause(Math.max(isWanted() ? everyMs : 1_000, leisure * (performance.now() - startedAt)), signal);
    }
  }

  /** Audits now. One that fails, because Redis is slow for instance, is shown and ends nothing. */
  async audit(): Promise<void> {
    try {
      const { clean, accounts, transfers, breach } = await auditLedger(this.platform);
      this.#latest = { at: Date.now(), clean, accounts, transfers, breach, fault: null };
    } catch (error) {
      const none = { clean: null, accounts: 0, transfers: 0, breach: null };
      this.#latest = { at: Date.now(), ...none, fault: (error as Error).message };
    }
  }
}
