import type { FigureKind } from '../experiments/experiment.js';
import type { Recorder } from '../load/recorder.js';
import { styleNow, type AuditNow } from './live.js';
import type { Section } from './scorecard.js';

const kinds = {
  requests: { label: 'requests', unit: 'count' },
  perSecond: { label: 'requests a second', unit: 'count' },
  p50Ms: { label: 'p50 from the intended start', unit: 'ms' },
  p99Ms: { label: 'p99 from the intended start', unit: 'ms' },
  failed: { label: 'requests failed', unit: 'count' },
  journeys: { label: 'journeys made', unit: 'count' },
  gaveUp: { label: 'journeys given up', unit: 'count' },
  transfers: { label: 'transfers made', unit: 'count' },
  lost: { label: 'sessions lost', unit: 'count' },
  sentHeader: { label: 'request header, a request', unit: 'bytes' },
  sentBody: { label: 'request body, a request', unit: 'bytes' },
  receivedHeader: { label: 'reply header, a request', unit: 'bytes' },
  receivedBody: { label: 'reply body, a request', unit: 'bytes' },
  preparedFields: { label: 'fields prepared, a request', unit: 'count' },
  carriedFields: { label: 'fields carried, a request', unit: 'count' },
} as const satisfies Record<string, FigureKind>;

type Key = keyof typeof kinds;

/** The scorecard's section of a run that only shows the two styles: figures from its start to now, and no verdict. */
export function soFar(recorder: Recorder, audit: AuditNow): Section {
  const elapsedMs = recorder.elapsedMs();
  const figures = recorder.records().map((record) => {
    const whole = {
      ...styleNow(record, elapsedMs),
      perSecond: record.requests / (elapsedMs / 1_000),
      p50Ms: record.latencies.percentileMs(50) ?? null,
      p99Ms: record.latencies.percentileMs(99) ?? null,
    };
    return [record.mode, Object.fromEntries((Object.keys(kinds) as Key[]).map((key) => [key, whole[key]]))] as const;
  });
  const failed = audit !== undefined && 'failed' in audit ? audit.failed : undefined;
  return {
    name: 'so far',
    claims: [],
    kinds,
    figures: Object.fromEntries(figures),
    how:
      'Customers arrive open loop in both styles and make whole journeys with think time. Latency is measured from when ' +
      'the customer meant to ask. Requests to auth are left out.',
    seconds: elapsedMs / 1_000,
    notes: [...lossesOf(recorder), ...(failed === undefined ? [] : [`The audit failed: ${failed}`])],
    audit: audit !== undefined && 'report' in audit ? audit.report : undefined,
    statements: undefined,
    fault: undefined,
  };
}

function lossesOf(recorder: Recorder): string[] {
  return recorder
    .records()
    .flatMap(({ mode, lostBy }) => [...lostBy].map(([cause, count]) => `${mode} lost ${count} sessions: ${cause}.`));
}
