import type { Claim, Experiment, FiguresByMode } from '../experiment.js';
import type { Figures } from '../../statistics/figures.js';
import { type Verdict, cannotTell, fails, holds } from '../../statistics/verdict.js';

/** What a pod's memory is told at, as figures; it is measured at more sizes. */
export const reportedAt = [0, 1_000, 10_000, 100_000, 1_000_000] as const;

export type AtKey = `at${(typeof reportedAt)[number]}`;

export const kinds = {
  slope: { label: 'resident memory a session', unit: 'bytes', over: 'median' },
  slopeError: { label: 'std. error of resident memory', unit: 'bytes', over: 'median' },
  kept: { label: 'heap kept a session', unit: 'bytes', over: 'median' },
  keptError: { label: 'std. error of the heap kept', unit: 'bytes', over: 'median' },
  opened: { label: 'sessions or requests measured', unit: 'count', over: 'median' },
  fittedAt0: { label: 'memory at 0 sessions, fitted', unit: 'bytes', over: 'median' },
  at0: { label: 'memory at 0 sessions, as read', unit: 'bytes', over: 'median' },
  at1000: { label: 'memory at 1,000 sessions', unit: 'bytes', over: 'median' },
  at10000: { label: 'memory at 10,000 sessions', unit: 'bytes', over: 'median' },
  at100000: { label: 'memory at 100,000 sessions', unit: 'bytes', over: 'median' },
  at1000000: { label: 'memory at 1,000,000 sessions', unit: 'bytes', over: 'median' },
  max: { label: 'most sessions that a pod took', unit: 'count', over: 'median' },
  refusedAsFull: { label: 'full pod: refusals that say so', unit: 'percent', over: 'median' },
  goOn: { label: 'full pod: sessions that go on', unit: 'percent', over: 'median' },
} as const satisfies Experiment['kinds'] & Record<AtKey, unknown>;

export type MemoryKey = keyof typeof kinds;

export const claims: readonly Claim<MemoryKey>[] = [
  {
    number: 3,
    sentence: 'Stateful: state consumes server resources.',
    decidedBy: ['slope', 'kept', 'keptError', 'max'],
    rule,
    isNoisy: true,
  },
];

/** A slope is told from another one by this many standard errors of both. */
const errorsApart = 2;

/**
 * Goes by the heap that outlives requests: resident memory has room to spare, which hides the first ten thousand sessions.
 * Holds if what a sticky pod keeps grows with its sessions, and more than with as many requests to a stateless one, by
 * more than both fits may err; not if it certainly grows no more.
 */
function rule({ stateless, sticky }: FiguresByMode<MemoryKey>): Verdict {
  if (!fitted(stateless) || !fitted(sticky)) return cannotTell('It takes both stateless and sticky to compare.');
  const reported =
    `a sticky pod keeps ${inBytes(sticky)} a session, a stateless one ${inBytes(stateless)} a request` +
    (sticky.max === null ? '.' : `; a sticky pod takes ${sticky.max} sessions and then no more.`);
  if (range(sticky).min > Math.max(0, range(stateless).max)) return holds(reported);
  return range(sticky).max <= Math.max(0, range(stateless).min) ? fails(reported) : cannotTell(reported);
}

type Fitted = Figures<MemoryKey> & { readonly kept: number; readonly keptError: number };

const fitted = (figures: Figures<MemoryKey> | undefined): figures is Fitted =>
  figures !== undefined && figures.kept !== null && figures.keptError !== null;
const range = ({ kept, keptError }: Fitted): { min: number; max: number } => ({
  min: kept - errorsApart * keptError,
  max: kept + errorsApart * keptError,
});
const inBytes = ({ kept, keptError }: Fitted): string => `${kept.toFixed(0)} ± ${keptError.toFixed(0)} bytes`;
