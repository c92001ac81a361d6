import { modeNames, modesInReport } from '../src/bank/modes.js';
import type { Plot } from '../src/report/plot.js';
import type { Scorecard, Section } from '../src/report/scorecard.js';
import type { Estimate } from '../src/statistics/figures.js';

/** A figure of five rounds that lie a little apart. */
export function around(value: number): Estimate {
  const samples = [-2, 1, 0, -1, 2].map((step) => value * (1 + step / 100));
  return { value, low: Math.min(...samples), high: Math.max(...samples), samples };
}

export const samplePlot: Plot = {
  title: 'Load of each pod',
  about: 'The new pod stays cold.',
  x: { label: 'time', unit: 's', scale: 'linear' },
  y: { label: 'requests', unit: 'perSecond', scale: 'linear' },
  series: [
    { name: 'pod-0', mode: 'sticky', style: 'line', points: [[0, 40], [1, 42], [2, 41]] },
    { name: 'pod-1', mode: 'sticky', style: 'line', points: [[0, null], [1, 3], [2, 9]] },
  ],
  marks: [{ x: 1, label: 'pod-1 is ready' }],
}; // prettier-ignore

export const sampleSection: Section = {
  name: 'scale-out',
  claims: [
    {
      number: 4,
      sentence: 'Stateful: scaling is more complex.',
      decidedBy: ['even'],
      verdict: { ruling: 'holds', because: 'sticky took 12 s, stateless none.', agreement: 0.987 },
    },
  ],
  kinds: {
    even: { label: 'ready to its even share', unit: 'ms', over: 'median', absent: 'beyond' },
    failed: { label: 'requests failed', unit: 'count', over: 'total' },
  },
  figures: Object.fromEntries(
    modeNames.map((mode, index) => [mode, { even: around(1_000 * (index + 1)), failed: around(0) }]),
  ),
  plots: [samplePlot],
  how: 'Customers arrive open loop.',
  rounds: 5,
  seconds: 62,
  notes: ['One pod was slow.'],
  losses: [{ mode: 'sticky', cause: 'owner-died', sessions: 12, requests: 1 }],
  audit: { clean: true, accounts: 121, transfers: 900, breach: null },
  statements: { customers: 60, transfers: 800, unknown: 0, lostMinor: 0, faults: [] },
};

/** A small scorecard in which nothing is amiss. */
export const sampleScorecard: Scorecard = {
  schemaVersion: 2,
  startedAt: '2026-11-24T10:00:00.000Z',
  modes: modesInReport,
  settings: { platform: 'local', modes: modeNames, customers: 60, seconds: 8, seed: 1, rounds: 5, quick: false },
  machine: { system: 'Linux 6.1 x64', cpu: 'some CPU', cores: 2, memoryBytes: 8e9 },
  versions: { tellers: '0.1.0', node: 'v20.20.2' },
  sections: [sampleSection],
};
