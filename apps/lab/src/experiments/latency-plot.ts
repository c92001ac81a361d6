import { Latencies } from '../load/latency.js';
import type { BankRecorder } from '../bank/mode-record.js';
import { modeNames, type ModeName } from '../bank/modes.js';
import type { Plot } from '../report/plot.js';
import { median } from '../statistics/estimate.js';

const percentiles = [50, 75, 90, 95, 98, 99, 99.5, 99.9, 99.95, 99.99];
/** So many must lie above a percentile for it to say more than which request was the slowest. */
const fewestAbove = 5;

/** The latencies of every measurement that was not void, by mode. */
export class LatenciesByMode {
  readonly #rounds = new Map<ModeName, Latencies[]>();

  /** Those of one measurement, which may have had several recorders. */
  add(recorders: readonly BankRecorder[]): void {
    const round = new Map<ModeName, Latencies>();
    for (const { mode, latencies } of recorders.flatMap((recorder) => recorder.records())) {
      const all = round.get(mode) ?? new Latencies();
      all.add(latencies);
      round.set(mode, all);
    }
    for (const [mode, latencies] of round) this.#rounds.set(mode, [...(this.#rounds.get(mode) ?? []), latencies]);
  }

  /** Latency by percentile; none where no latency was taken. */
  plots(): Plot[] {
    const reported = modeNames.flatMap((mode) => {
      const points = pointsOf(this.#rounds.get(mode) ?? []);
      return points.length < 2 ? [] : [{ name: mode, mode, style: 'line' as const, points }];
    });
    if (reported.length === 0) return [];
    return [
      {
        title: 'Latency by percentile',
        about:
          'From the intended start: each percentile is, as every figure, the median of the rounds in which the ' +
          'generator kept up. A line ends where fewer than five requests of all were slower.',
        x: { label: 'percentile', unit: 'percent', scale: 'percentile' },
        y: { label: 'latency', unit: 'ms', scale: 'log' },
        series: reported,
      },
    ];
  }
}

function pointsOf(rounds: readonly Latencies[]): [number, number][] {
  const requests = rounds.reduce((sum, { count }) => sum + count, 0);
  return percentiles
    .filter((percent) => requests * (1 - percent / 100) >= fewestAbove)
    .flatMap((percent): [number, number][] => {
      const ms = median(rounds.flatMap((latencies) => latencies.percentileMs(percent) ?? []));
      return ms === null ? [] : [[percent, ms]];
    });
}
