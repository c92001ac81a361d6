import { fellBehind } from '../load/fell-behind.js';
import type { BankRecorder } from './mode-record.js';
import type { LossRow } from '../losses/loss-ledger.js';
import type { Section } from '../report/scorecard.js';
import { requestsOfALook, type ModeName } from './modes.js';
import type { AuditSnapshot } from '../protocol/snapshots.js';
import type { Estimate, FigureKind } from '../statistics/figures.js';

const kinds = {
  requests: { label: 'requests', unit: 'count', over: 'total' },
  perSecond: { label: 'requests a second', unit: 'perSecond', over: 'median' },
  p50Ms: { label: 'p50 from the intended start', unit: 'ms', over: 'median', latency: true },
  p99Ms: { label: 'p99 from the intended start', unit: 'ms', over: 'median', latency: true },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  journeys: { label: 'journeys made', unit: 'count', over: 'total' },
  gaveUp: { label: 'journeys given up', unit: 'count', over: 'total' },
  transfers: { label: 'transfers made', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost', unit: 'count', over: 'total' },
  sentHeader: { label: 'request header, a request', unit: 'bytes', over: 'median' },
  sentBody: { label: 'request body, a request', unit: 'bytes', over: 'median' },
  receivedHeader: { label: 'reply header, a request', unit: 'bytes', over: 'median' },
  receivedBody: { label: 'reply body, a request', unit: 'bytes', over: 'median' },
  preparedFields: { label: 'fields prepared, a request', unit: 'count', over: 'median' },
  carriedFields: { label: 'fields carried, a request', unit: 'count', over: 'median' },
} as const satisfies Record<string, FigureKind>;

type LegendEntry = keyof typeof kinds;

/**
 * The scorecard's section of a run that only shows the two styles: figures from its start to now, and no verdict.
 * @param behind why latencies would tell of the lab, and are void
 */
export function soFar(
  recorder: BankRecorder,
  audit: AuditSnapshot | null,
  losses: readonly LossRow<ModeName>[],
  behind: string | null,
): Section {
  const elapsedMs = recorder.elapsedMs();
  const figures = recorder.records().map((record) => {
    const whole = {
      ...record.totals,
      perSecond: record.requests / (elapsedMs / 1_000),
      p50Ms: behind === null ? (record.latencies.percentileMs(50) ?? null) : null,
      p99Ms: behind === null ? (record.latencies.percentileMs(99) ?? null) : null,
    };
    return [
      record.mode,
      Object.fromEntries((Object.keys(kinds) as LegendEntry[]).map((key) => [key, seenOnce(whole[key])])),
    ] as const;
  });
  return {
    name: 'so far',
    claims: [],
    kinds,
    figures: Object.fromEntries(figures),
    how:
      'Customers arrive open loop, stay, look around, transfer something now and then, and go. Latency is measured from ' +
      'when the customer meant to ask. Of requests to auth the failed ones count, their time and bytes do not. ' +
      requestsOfALook,
    plots: [],
    rounds: 1,
    seconds: elapsedMs / 1_000,
    losses,
    notes: [
      ...(behind === null ? [] : [`${fellBehind}, and latencies are void: ${behind}.`]),
      ...(audit?.fault == null ? [] : [`The audit failed: ${audit.fault}`]),
    ],
    audit: audit === null || audit.clean === null ? undefined : { ...audit, clean: audit.clean },
    statements: undefined,
    fault: undefined,
  };
}

const seenOnce = (value: number | null): Estimate => ({ value, low: null, high: null, samples: [value] });
