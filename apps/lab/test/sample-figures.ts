import type { EstimatesByMode } from '../src/experiments/experiment.js';
import type { ModeName } from '../src/bank/modes.js';
import type { Scorecard } from '../src/report/scorecard.js';
import { around, sampleScorecard, sampleSection } from './sample-scorecard.js';

type Row = Readonly<Record<string, number>>;

const memory = (kept: number): Row => ({ fittedAt0: 100e6, slope: kept, kept });
const losses = (crash: number, anyway = 0): Row => ({
  lived: 50,
  livedLost: 50 * crash,
  lostBefore: anyway,
  openAtKill: 100,
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
    stateless: { perAct: 2, cpu: 300, atRest: 1, readKib: 4, writeKib: 6 },
    sticky: { perAct: 1, cpu: 400, atRest: 1, readKib: 4, writeKib: 6 },
    unpinned: { perAct: 3, cpu: 400, atRest: 1, readKib: 4, writeKib: 6 },
    handoff: { perAct: 1, cpu: 400, atRest: 1, readKib: 4, writeKib: 6 },
    shared: { perAct: 1, cpu: 700, atRest: 1, readKib: 4, writeKib: 6 },
  },
};

/** A scorecard from which advice can be given. */
export const advisingScorecard: Scorecard = {
  ...sampleScorecard,
  sections: Object.entries(found).map(([name, modes]) => ({ ...sampleSection, name, figures: estimates(modes) })),
};

function estimates(modes: Readonly<Record<ModeName, Row>>): EstimatesByMode {
  return Object.fromEntries(
    Object.entries(modes).map(([mode, row]) => [
      mode,
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key, around(value)])),
    ]),
  );
}
