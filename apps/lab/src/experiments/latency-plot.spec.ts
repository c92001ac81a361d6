import { describe, expect, it } from '@jest/globals';
import { BankRecorder } from '../bank/mode-record.js';
import type { ModeName } from '../bank/modes.js';
import { LatenciesByMode } from './latency-plot.js';

function recorded(mode: ModeName, requests: number): BankRecorder {
  const recorder = new BankRecorder();
  for (let ms = 1; ms <= requests; ms++) recorder.of(mode).latencies.record(ms);
  return recorder;
}

describe('LatenciesByMode', () => {
  it('has a line for each mode, and names its percentiles as the field does', () => {
    const all = new LatenciesByMode();
    all.add([recorded('sticky', 1_000)]);
    all.add([recorded('sticky', 1_000), recorded('stateless', 100)]);
    const [plot] = all.plots();
    expect(plot?.series.map(({ name }) => name)).toEqual(['stateless', 'sticky']);
    const [, sticky] = plot!.series;
    expect(sticky!.points.find(([x]) => x === 99)?.[1]).toBeCloseTo(990, -1);
    expect(plot!.x).toEqual({ label: 'percentile', unit: 'percent', scale: 'percentile' });
  });

  it('has the median of the rounds, as the figure of the same percentile has, and not that of all requests', () => {
    const all = new LatenciesByMode();
    for (const slowest of [600, 800, 5_000]) all.add([recorded('sticky', slowest)]);
    const points = new Map(all.plots()[0]?.series[0]?.points);
    expect(points.get(99)).toBeCloseTo(792, -1);
  });

  it('ends a line where too few requests are slower', () => {
    const all = new LatenciesByMode();
    all.add([recorded('sticky', 100)]);
    expect(all.plots()[0]?.series[0]?.points.map(([x]) => x)).toEqual([50, 75, 90, 95]);
  });

  it('draws nothing where nothing was measured', () => {
    const all = new LatenciesByMode();
    all.add([recorded('shared', 0)]);
    expect(all.plots()).toEqual([]);
  });
});
