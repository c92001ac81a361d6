import type { EstimatesByMode } from '../src/experiments/experiment.js';
import type { ModeName } from '../src/bank/modes.js';
import { catalogue } from '../src/experiments/catalogue.js';
import type { Scorecard, Section } from '../src/report/scorecard.js';
import type { Verdict } from '../src/statistics/verdict.js';
import { around, sampleScorecard, sampleSection } from './sample-scorecard.js';

type Row = Readonly<Record<string, number>>;

const memory = (kept: number): Row => ({
  fittedAt0: 100e6,
  slope: kept,
  kept,
  at0: 98e6,
  at1000: 100e6 + 1_000 * kept,
});
const losses = (crash: number, anyway = 0): Row => ({
  lived: 50,
  livedLost: 50 * crash,
  lostBefore: anyway,
  openAtKill: 100,
});
const load = (perAct: number, cpu: number): Row => ({
  perAct,
  cpu,
  atRest: 1,
  cpuOff: 20,
  chance: 3,
  wire: 1_000,
  metWire: 300_000,
  wireOff: 5,
  readKib: 4,
  writeKib: 6,
});
const bytes = (header: number): Row => ({ requestHeader: header, requestBody: 50, replyHeader: 200, replyBody: 300 });

/** Round figures of each experiment that an advice goes by. */
const found: Readonly<Record<string, Readonly<Record<ModeName, Row>>>> = {
  redundancy: {
    stateless: bytes(650),
    sticky: bytes(300),
    unpinned: bytes(300),
    handoff: bytes(300),
    shared: bytes(300),
  },
  memory: {
    stateless: memory(0),
    sticky: memory(800),
    unpinned: memory(800),
    handoff: memory(900),
    shared: memory(0),
  },
  amnesia: {
    stateless: losses(0),
    sticky: losses(1),
    unpinned: losses(1, 90),
    handoff: losses(1),
    shared: losses(0),
  },
  'rolling-update': {
    stateless: { lost: 0, active: 100 },
    sticky: { lost: 100, active: 100 },
    unpinned: { lost: 100, active: 100 },
    handoff: { lost: 0, active: 100 },
    shared: { lost: 0, active: 100 },
  },
  advise: {
    stateless: load(2, 300),
    sticky: load(1, 400),
    unpinned: load(3, 400),
    handoff: load(1, 400),
    shared: load(1, 700),
  },
};

const kinds = Object.fromEntries(catalogue.map((experiment) => [experiment.name, experiment.kinds]));

/** A scorecard from which advice can be given. */
export const advisingScorecard: Scorecard = {
  ...sampleScorecard,
  sections: Object.entries(found).map(([name, modes]) => ({
    ...sampleSection,
    name,
    kinds: kinds[name]!,
    figures: estimates(modes),
    claims: name === 'advise' ? [forecasts('holds')] : [],
  })),
};

/** Claim 11 with a ruling. */
export function forecasts(ruling: Verdict['ruling']): Section['claims'][number] {
  return { ...sampleSection.claims[0]!, number: 11, verdict: { ruling, because: 'CPU was off by at most 20 %.' } };
}

/** The sample with the section of one experiment changed. */
export function advisingWith(name: string, change: Partial<Section>): Scorecard {
  const sections = advisingScorecard.sections.map((one) => (one.name === name ? { ...one, ...change } : one));
  return { ...advisingScorecard, sections };
}

/** The sample with some figures of one mode in one experiment changed; null for those that are void. */
export function advisingWithFigures(
  name: string,
  mode: ModeName,
  row: Readonly<Record<string, number | null>>,
): Scorecard {
  const { figures } = advisingScorecard.sections.find((one) => one.name === name)!;
  const changed = Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, { value, low: null, high: null, samples: [value] }]),
  );
  return advisingWith(name, { figures: { ...figures, [mode]: { ...figures[mode], ...changed } } });
}

function estimates(modes: Readonly<Record<ModeName, Row>>): EstimatesByMode {
  return Object.fromEntries(
    Object.entries(modes).map(([mode, row]) => [
      mode,
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key, around(value)])),
    ]),
  );
}
