import { Latencies } from '../load/latency.js';
import type { BankRecorder } from '../bank/mode-record.js';
import { modeNames, type ModeName } from '../bank/modes.js';
import type { Plot } from '../report/plot.js';

const percentiles = [50, 75, 90, 95, 98, 99, 99.5, 99.9, 99.95, 99.99];
/** So many must lie above a percentile for it to say more than which request was the slowest. */
const fewestAbove = 5;

/** The latencies of every measurement that was not void, by mode. */
export class LatenciesByMode {
  readonly #all = new Map<ModeName, Latencies>();

  add(recorders: readonly BankRecorder[]): void {
    for (const { mode, latencies } of recorders.flatMap((recorder) => recorder.records())) {
      const all = this.#all.get(mode) ?? new Latencies();
      all.add(latencies);
      this.#all.set(mode, all);
    }
  }

  /** Latency against how rare it is; none where no latency was taken. */
  plots(): Plot[] {
    const reported = modeNames.flatMap((mode) => {
      const points = pointsOf(this.#all.get(mode));
      return points.length < 2 ? [] : [{ name: mode, mode, style: 'line' as const, points }];
    });
    if (reported.length === 0) return [];
    return [
      {
        title: 'Latency by percentile',
        about:
          'From the intended start, over all rounds in which the generator kept up. The median is at 2, p90 at 10, ' +
          'p99 at 100; a line ends where fewer than five requests were slower.',
        x: { label: 'one request in so many is slower', unit: 'count', scale: 'log' },
        y: { label: 'latency', unit: 'ms', scale: 'log' },
        series: reported,
      },
    ];
  }
}

function pointsOf(latencies: Latencies | undefined): [number, number][] {
  if (latencies === undefined) return [];
  return percentiles.flatMap((percent): [number, number][] => {
    const share = 1 - percent / 100;
    const ms = latencies.count * share >= fewestAbove ? latencies.percentileMs(percent) : undefined;
    return ms === undefined ? [] : [[Math.round(1 / share), ms]];
  });
}
