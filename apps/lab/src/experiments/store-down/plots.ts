import type { ModeName } from '../../bank/modes.js';
import type { StoreFault } from '../../platform/store-faults.js';
import type { Plot } from '../../report/plot.js';
import type { ObservedRequest, Span, Spans } from './effect.js';

const everyMs = 500;

/** How many looks of each mode failed, half a second by half a second. */
export function failuresOverTime(
  parties: readonly { readonly mode: ModeName; readonly seen: readonly ObservedRequest[] }[],
  spans: Spans,
  startedAt: number,
): Plot {
  const marks = (Object.entries(spans) as [StoreFault, Span | undefined][]).flatMap(([fault, span]) =>
    span === undefined ? [] : [{ x: secondsFrom(startedAt, span.from), label: labels[fault] }],
  );
  return {
    title: 'Looks that failed while the store was down',
    about:
      'Each line is a mode: percent of its looks that failed, by the half second in which they ended. The store was ' +
      `${marks.map(({ label, x }) => `${label} at ${x.toFixed(0)} s`).join(', ') || 'left alone'}.`,
    x: { label: 'time', unit: 's', scale: 'linear' },
    y: { label: 'looks failed', unit: 'percent', scale: 'linear' },
    series: parties.map(({ mode, seen }) => ({ name: mode, mode, style: 'line', points: shares(seen, startedAt) })),
    marks,
  };
}

function shares(seen: readonly ObservedRequest[], startedAt: number): [number, number | null][] {
  const looks = seen.filter(({ what, endedAt }) => what === 'look' && endedAt >= startedAt);
  const slots = Math.ceil(Math.max(0, ...looks.map(({ endedAt }) => endedAt - startedAt)) / everyMs);
  return Array.from({ length: slots }, (_, slot) => {
    const these = looks.filter(({ endedAt }) => Math.floor((endedAt - startedAt) / everyMs) === slot);
    const failed = these.filter((one) => one.failed).length;
    return [((slot + 0.5) * everyMs) / 1_000, these.length === 0 ? null : (100 * failed) / these.length];
  });
}

const secondsFrom = (startedAt: number, at: number): number => (at - startedAt) / 1_000;
const labels: Readonly<Record<StoreFault, string>> = { pause: 'paused', restart: 'restarted', fill: 'full' };
