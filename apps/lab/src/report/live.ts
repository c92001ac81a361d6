import type { ModeRecord } from '../bank/mode-record.js';
import type { BankRecorder } from '../bank/mode-record.js';
import type { LossRow } from '../losses/loss-ledger.js';
import { modes, type ModeName } from '../bank/modes.js';
import type { Platform, PodPhase } from '../platform/platform.js';
import type { AuditReport } from '../bank/audit.js';

/** One style as it is now, over the last few seconds, and so far. */
export interface StyleSnapshot {
  readonly mode: ModeName;
  readonly perSecond: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly requests: number;
  readonly failed: number;
  readonly open: number;
  readonly lost: number;
  readonly lostBy: Readonly<Record<string, number>>;
  readonly journeys: number;
  readonly gaveUp: number;
  readonly transfers: number;
  readonly sentHeader: number | null;
  readonly sentBody: number | null;
  readonly receivedHeader: number | null;
  readonly receivedBody: number | null;
  readonly preparedFields: number | null;
  readonly carriedFields: number | null;
}

export interface PodSummary {
  readonly name: string;
  readonly phase: PodPhase;
  readonly perSecond: number;
  readonly memoryBytes: number | undefined;
}

/** The latest audit: its report, or why there is none. */
export type AuditSummary =
  { readonly report: AuditReport; readonly at: Date } | { readonly failed: string; readonly at: Date } | undefined;

/** All that a live view shows at one moment; plain data, for a terminal as for a page. */
export interface LiveSnapshot {
  readonly elapsedMs: number;
  readonly styles: readonly StyleSnapshot[];
  readonly pods: readonly PodSummary[];
  readonly audit: AuditSummary;
}

const overSeconds = 5;

/**
 * Reads how things are from the recorder and the platform.
 * @param booked losses that have a cause
 */
export async function takeSnapshot(
  recorder: BankRecorder,
  platform: Platform,
  audit: AuditSummary,
  booked: readonly LossRow<ModeName>[],
): Promise<LiveSnapshot> {
  const elapsedMs = recorder.elapsedMs();
  const second = Math.floor(elapsedMs / 1_000);
  const from = Math.max(0, second - overSeconds);
  const [pods, usage] = await Promise.all([platform.pods(), platform.usage()]);
  const records = recorder.records();
  return {
    elapsedMs,
    styles: records.map((record) => {
      const own = booked.filter(({ mode, sessions }) => mode === record.mode && sessions > 0);
      const lostBy = Object.fromEntries(own.map(({ cause, sessions }) => [cause, sessions]));
      return { ...styleNow(record, elapsedMs), lostBy };
    }),
    pods: pods.map(({ name, workload, phase }) => {
      const timeline = records.find(({ mode }) => modes[mode].workload === workload)?.timeline;
      const answered = timeline?.series(name, from, second).reduce((sum, count) => sum + count, 0) ?? 0;
      return {
        name,
        phase,
        perSecond: answered / Math.max(1, second - from),
        memoryBytes: usage.get(name)?.memoryBytes,
      };
    }),
    audit,
  };
}

/** The figures of one style, also for a scorecard. */
export function styleNow(record: ModeRecord, elapsedMs: number): StyleSnapshot {
  const { perSecond, latencies } = record.recent.at(elapsedMs);
  const { bytes, cost } = record;
  return {
    mode: record.mode,
    perSecond,
    p50Ms: latencies.percentileMs(50) ?? null,
    p99Ms: latencies.percentileMs(99) ?? null,
    requests: record.requests,
    failed: record.failed,
    open: record.open.size,
    lost: record.sessionsLost,
    lostBy: Object.fromEntries(record.lostBy),
    journeys: record.journeys.finished,
    gaveUp: record.journeys['gave-up'],
    transfers: record.transfers.acknowledged + record.transfers['settled-done'],
    sentHeader: record.perRequest(bytes.requestHeader),
    sentBody: record.perRequest(bytes.requestBody),
    receivedHeader: record.perRequest(bytes.replyHeader),
    receivedBody: record.perRequest(bytes.replyBody),
    preparedFields: record.perRequest(cost.preparedFields),
    carriedFields: record.perRequest(cost.carriedFields),
  };
}
