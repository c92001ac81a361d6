import type { ModeSnapshot } from '../../protocol/snapshots.js';
import type { ModeRecord } from '../mode-record.js';
import type { LossLedger, LossRow } from '../../losses/loss-ledger.js';
import type { ModeName } from '../modes.js';

const overSeconds = 5;

type RecentFigures = Pick<ModeSnapshot, 'perSecond' | 'p50Ms' | 'p99Ms'>;

/** What customers meet in one mode, for who looks several times a second. */
export class ModeReader {
  readonly #since = Date.now();
  #second = -1;
  #recent: RecentFigures = { perSecond: 0, p50Ms: null, p99Ms: null };

  constructor(
    private readonly record: ModeRecord,
    private readonly losses: Pick<LossLedger<ModeName>, 'awaited'>,
  ) {}

  /**
   * @param rows what was lost and failed by its cause, of all modes
   * @param behind why latencies would tell of the lab
   */
  read(rows: readonly LossRow<ModeName>[], elapsedMs: number, behind: string | null): ModeSnapshot {
    const { record } = this;
    const own = rows.filter(({ mode }) => mode === record.mode);
    return {
      mode: record.mode,
      overSeconds,
      ...this.#recently(elapsedMs),
      ...(behind !== null && { p50Ms: null, p99Ms: null }),
      behind,
      since: this.#since,
      ...record.totals,
      failedBy: by(own, 'requests'),
      opened: record.sessionsOpened,
      lostBy: by(own, 'sessions'),
      awaited: this.losses.awaited(record.open),
    };
  }

  /** It is of whole seconds, and so it changes once a second. */
  #recently(elapsedMs: number): RecentFigures {
    const second = Math.floor(elapsedMs / 1_000);
    if (second === this.#second) return this.#recent;
    const { perSecond, latencies } = this.record.recent.at(elapsedMs);
    this.#second = second;
    this.#recent = {
      perSecond,
      p50Ms: latencies.percentileMs(50) ?? null,
      p99Ms: latencies.percentileMs(99) ?? null,
    };
    return this.#recent;
  }
}

function by(rows: readonly LossRow<ModeName>[], what: 'sessions' | 'requests'): Record<string, number> {
  return Object.fromEntries(rows.filter((row) => row[what] > 0).map((row) => [row.cause, row[what]]));
}
