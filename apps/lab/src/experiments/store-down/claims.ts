import type { StoreFault } from '../../platform/store-faults.js';
import { isMisroutedByDesign } from '../../bank/modes.js';
import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import { measured } from '../rules.js';
import type { Figures } from '../../statistics/figures.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

export type StoreDownKey = keyof typeof kinds;

export const storeFaults = ['pause', 'restart', 'fill'] as const satisfies readonly StoreFault[];

export const kinds = {
  pauseLooks: { label: 'pause: looks failed', unit: 'percent', over: 'median' },
  pausePays: { label: 'pause: payment steps failed', unit: 'percent', over: 'median' },
  pauseLongest: { label: 'pause: longest wait', unit: 'ms', over: 'max' },
  pauseAfter: { label: 'last failure after the pause', unit: 'ms', over: 'max', absent: 'beyond' },
  restartTook: { label: 'restart: first answer after', unit: 'ms', over: 'median' },
  restartLooks: { label: 'restart: looks failed', unit: 'percent', over: 'median' },
  restartPays: { label: 'restart: payment steps failed', unit: 'percent', over: 'median' },
  restartLongest: { label: 'restart: longest wait', unit: 'ms', over: 'max' },
  restartAfter: { label: 'last failure after the restart', unit: 'ms', over: 'max', absent: 'beyond' },
  fillLooks: { label: 'full: looks failed', unit: 'percent', over: 'median' },
  fillPays: { label: 'full: payment steps failed', unit: 'percent', over: 'median' },
  fillLongest: { label: 'full: longest wait', unit: 'ms', over: 'max' },
  fillAfter: { label: 'last failure after being full', unit: 'ms', over: 'max', absent: 'beyond' },
  requests: { label: 'requests', unit: 'count', over: 'total' },
  failed: { label: 'requests failed', unit: 'count', over: 'total' },
  doubtful: { label: 'requests of unknown outcome', unit: 'count', over: 'total' },
  lost: { label: 'sessions lost, not misrouted', unit: 'count', over: 'total' },
  misrouted: { label: 'sessions misrouted', unit: 'count', over: 'total' },
} as const satisfies Experiment['kinds'];

/** The promised second, and what the way there and back may take on a busy machine. */
const answeredWithinMs = 1_250;

export const claims: readonly Claim<StoreDownKey>[] = [
  {
    number: 13,
    sentence: `The store down: whoever asks is answered within ${answeredWithinMs / 1_000} s, and nobody is forgotten.`,
    decidedBy: ['pauseLongest', 'restartLongest', 'restartAfter', 'lost'],
    rule: failsWell,
  },
  {
    number: 14,
    sentence: 'State in the pod outlives the store: where sessions are in memory, looks go on.',
    decidedBy: ['pauseLooks', 'pausePays'],
    rule: memoryGoesOn,
  },
];

/** After so long a fault that is over is still felt. */
const wellWithinMs = 2_500;

/** Holds if in every mode nobody waited longer than promised, no session was lost, and all was well soon after each fault. */
function failsWell(figures: FiguresByMode<StoreDownKey>): Verdict {
  const all = measured(figures);
  const tried = storeFaults.filter((fault) => all.some(([, one]) => one[`${fault}Longest`] !== null));
  if (tried.length === 0) return cannotTell('The store could not be touched here.');
  for (const [mode, one] of all) {
    // Where nothing leads back to the pod, sessions are misrouted with a store or without.
    const lost = (one.lost ?? 0) + (isMisroutedByDesign(mode) ? 0 : (one.misrouted ?? 0));
    if (lost > 0) return fails(`${mode} lost ${lost} sessions.`);
    for (const fault of tried) {
      const longest = one[`${fault}Longest`] ?? 0;
      if (longest > answeredWithinMs)
        return fails(`${mode}, ${names[fault]}: someone waited ${longest.toFixed(0)} ms.`);
      const after = one[`${fault}After`] ?? Infinity;
      if (after > wellWithinMs)
        return fails(`${mode}, ${names[fault]}: requests failed on after its end, ${reported(after)}.`);
    }
  }
  const longest = Math.max(...all.flatMap(([, one]) => tried.map((fault) => one[`${fault}Longest`] ?? 0)));
  const faults = tried.map((fault) => names[fault]).join(', ');
  return holds(`store ${faults}: nobody waited longer than ${longest.toFixed(0)} ms, and no session was lost.`);
}

/** Holds if, while the store answered nobody, looks failed at most half as often where sessions are in memory. */
function memoryGoesOn({ sticky, stateless, shared }: FiguresByMode<StoreDownKey>): Verdict {
  const others = [stateless, shared].flatMap((one) => one?.pauseLooks ?? []);
  const inMemory = sticky?.pauseLooks ?? null;
  if (inMemory === null || others.length === 0) {
    return cannotTell('It takes sticky, and stateless or shared, with the store paused.');
  }
  const reported = `with the store paused, looks failed: sticky ${percent(sticky)}, stateless ${percent(stateless)}, shared ${percent(shared)}.`;
  const min = Math.min(...others);
  if (min === 0) return cannotTell(reported);
  if (inMemory <= min / 2) return holds(reported);
  return inMemory >= min ? fails(reported) : cannotTell(reported);
}

const names: Readonly<Record<StoreFault, string>> = { pause: 'paused', restart: 'restarted', fill: 'full' };
const reported = (ms: number): string =>
  Number.isFinite(ms) ? `for ${ms.toFixed(0)} ms` : 'as long as it was watched';
const percent = (one: Figures<StoreDownKey> | undefined): string =>
  one?.pauseLooks === null || one === undefined ? '-' : `${one.pauseLooks.toFixed(0)} %`;
