import { isMisroutedByDesign } from '../../bank/modes.js';
import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { measured } from '../rules.js';
import type { Figures } from '../../statistics/figures.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export const kinds = {
  perAct: { label: 'requests an act, of many', unit: 'count', over: 'median', latency: true },
  cpu: { label: 'pods’ CPU for a request more', unit: 'µs', over: 'median' },
  atRest: { label: 'CPU of a pod at rest', unit: 'percent', over: 'median' },
  wire: { label: 'bytes a request, of many', unit: 'bytes', over: 'median' },
  predictedCpu: { label: 'load between: CPU foretold', unit: 'percent', over: 'median', latency: true },
  metCpu: { label: 'load between: CPU met', unit: 'percent', over: 'median', latency: true },
  cpuOff: { label: 'CPU foretold, off by', unit: 'percent', over: 'median', latency: true },
  predictedWire: { label: 'bytes a second foretold', unit: 'bytes', over: 'median', latency: true },
  metWire: { label: 'bytes a second met', unit: 'bytes', over: 'median', latency: true },
  wireOff: { label: 'bytes foretold, off by', unit: 'percent', over: 'median', latency: true },
  chance: { label: 'off by chance, at most', unit: 'percent', over: 'median' },
  readKib: { label: 'CPU to read a KiB of state', unit: 'µs', over: 'median' },
  writeKib: { label: 'CPU to write a KiB of state', unit: 'µs', over: 'median' },
} as const satisfies Experiment['kinds'];

export type AdviseKey = keyof typeof kinds;

export const claims: readonly Claim<AdviseKey>[] = [
  {
    number: 11,
    sentence: 'Use cases: which mode takes the least, and how much, can be predicted for a load that was not measured.',
    decidedBy: ['cpuOff', 'wireOff', 'metCpu'],
    rule,
  },
];

/** Nobody chooses the number of pods more finely than this. */
const cpuMayBeOff = 30;
/** Who waits for a reply longer than an instant asks less often than think time alone says. */
const wireMayBeOff = 15;
/** Two modes this close cost the same. */
const asCheap = 1.1;

/**
 * An advice for a workload that was not measured is worth something if what it takes can be foretold. Holds if CPU and bytes
 * of the load between were, in each mode, and if the mode that was to use the least CPU did so; not if one was farther off than
 * the number of acts differs by chance.
 * `unpinned` is left out: who loses a session signs in again, which is another load.
 */
function rule(figures: FiguresByMode<AdviseKey>): Verdict {
  const modes = measured(figures).filter(([mode]) => !isMisroutedByDesign(mode));
  if (modes.length < 2) return cannotTell('It takes two modes to choose from.');
  if (modes.some(([, { cpuOff, wireOff }]) => cpuOff === null || wireOff === null))
    return cannotTell('A load was not met.');
  const [worst] = modes.toSorted(([, one], [, other]) => other.cpuOff! - one.cpuOff!);
  const [widest] = modes.toSorted(([, one], [, other]) => other.wireOff! - one.wireOff!);
  const reported =
    `CPU was off by at most ${worst![1].cpuOff!.toFixed(0)} % (${worst![0]}), ` +
    `bytes by at most ${widest![1].wireOff!.toFixed(0)} % (${widest![0]})`;
  const [off, wide] = [worst![1].cpuOff! - cpuMayBeOff, widest![1].wireOff! - wireMayBeOff];
  if (off > (worst![1].chance ?? 0) || wide > (widest![1].chance ?? 0)) return fails(`${reported}.`);
  if (off > 0 || wide > 0) return cannotTell(`${reported}; chance alone may do so much with so few requests.`);
  const [chosen] = byLeast(modes, 'predictedCpu');
  const [cheapest] = byLeast(modes, 'metCpu');
  const dearer = chosen![1].metCpu! / cheapest![1].metCpu!;
  if (dearer > asCheap) {
    const met = `${chosen![0]} was to use the least CPU, and ${cheapest![0]} did; ${reported}`;
    const byChance = 1 + (cheapest![1].chance ?? 0) / 100;
    return dearer > byChance ? fails(`${met}.`) : cannotTell(`${met}; chance alone may do so much.`);
  }
  return holds(`${reported}; ${chosen![0]} used the least CPU, as foretold.`);
}

function byLeast<Row extends readonly [string, Figures<AdviseKey>]>(rows: readonly Row[], key: AdviseKey): Row[] {
  return rows.toSorted(([, one], [, other]) => (one[key] ?? Infinity) - (other[key] ?? Infinity));
}
