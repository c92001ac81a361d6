import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StatementCheck } from '../customers/statement-check.js';
import type { FigureKind, FiguresByMode, Verdict } from '../experiments/experiment.js';
import type { ModeName } from '../modes.js';
import type { AuditReport } from '../platform/platform.js';
import { repositoryRoot } from '../platform/local/repository.js';

/** A claim of the lesson and what became of it. */
export interface JudgedClaim {
  readonly number: number;
  readonly sentence: string;
  readonly verdict: Verdict;
}

/** One experiment's part of the scorecard; without claims for a run that only shows figures. */
export interface Section {
  readonly name: string;
  readonly claims: readonly JudgedClaim[];
  readonly kinds: Readonly<Record<string, FigureKind>>;
  readonly figures: FiguresByMode;
  readonly how: string;
  readonly seconds: number;
  /** What a reader of the figures must know. */
  readonly notes: readonly string[];
  /** Undefined when it could not be made. */
  readonly audit: AuditReport | undefined;
  readonly statements: StatementCheck | undefined;
  /** Why the experiment did not come to an end; a fault of the lab or of the bank, never of the claim. */
  readonly fault: string | undefined;
}

export interface Settings {
  readonly platform: string;
  readonly modes: readonly ModeName[];
  readonly customers: number;
  readonly seconds: number;
  readonly seed: number;
}

/** All that a run found, and where and how it ran. Written as JSON; a change of its shape changes `schemaVersion`. */
export interface Scorecard {
  readonly schemaVersion: 1;
  readonly startedAt: string;
  readonly settings: Settings;
  readonly machine: { system: string; cpu: string; cores: number; memoryBytes: number };
  readonly versions: { tellers: string; node: string };
  readonly sections: readonly Section[];
}

/** Puts a scorecard together on this machine. */
export function scorecardOf(startedAt: Date, settings: Settings, sections: readonly Section[]): Scorecard {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string };
  return {
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    settings,
    machine: {
      system: `${type()} ${release()} ${arch()}`,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryBytes: totalmem(),
    },
    versions: { tellers: version, node: process.version },
    sections,
  };
}

/** Whether money is where it belongs and every experiment came to its end: what a run's exit code tells. */
export function isSound({ sections }: Pick<Scorecard, 'sections'>): boolean {
  return sections.every(
    ({ audit, statements, fault }) =>
      fault === undefined && audit?.clean === true && (statements === undefined || statements.faults.length === 0),
  );
}

/** What is to be said of the money, in one sentence. */
export function moneyIn({ audit, statements }: Pick<Section, 'audit' | 'statements'>): string {
  const ledger =
    audit === undefined
      ? 'the ledger could not be audited'
      : audit.clean
        ? `the audit of ${audit.accounts} accounts and ${audit.transfers} transfers is clean`
        : `the audit found a breach: ${audit.breach}`;
  if (statements === undefined) return `${ledger}.`;
  const { customers, transfers, unknown, faults } = statements;
  const found =
    faults.length === 0
      ? `${customers} customers found each of their ${transfers} transfers as they should be`
      : `${faults.length} faults in the statements, first: ${faults[0]}`;
  return `${ledger}; ${found}${unknown > 0 ? ` (${unknown} of unknown outcome)` : ''}.`;
}
