import type { Autoscaling } from '../platform/platform.js';
import { autoscalerReads } from '../protocol/autoscaler-reads.js';
import type {
  BankSnapshot,
  DoneExperiment,
  ModeSnapshot,
  PodSnapshot,
  RunningExperiment,
} from '../protocol/snapshots.js';
import { isInRedis, keepsSessions } from '../bank/modes.js';
import { causeInWords, lossCauses } from '../losses/loss-causes.js';
import { count } from './words.js';

/** A figure with its name, as a reader sees it. */
export interface FormattedFigure {
  readonly label: string;
  readonly text: string;
}

/** A pod's figures for its tile. */
export function figuresOf(workload: string, pod: PodSnapshot, autoscaling: Autoscaling | null): FormattedFigure[] {
  const { memoryBytes, sessions, perSecond, p99Ms, failed } = pod;
  return [
    { label: 'req/s', text: reported(perSecond, (value) => value.toFixed(0)) },
    { label: 'p99', text: milliseconds(p99Ms) },
    keepsSessions(workload)
      ? { label: 'sessions', text: sessionsOf(workload, sessions) }
      : { label: '5xx', text: reported(failed, String) },
    { label: 'CPU', text: cpuOf(pod, autoscaling) },
    { label: 'memory', text: reported(memoryBytes, (value) => `${Math.round(value / 1e6)} MB`) },
  ];
}

/** How many sessions a pod holds or, where it holds none by design, where they are. */
export function sessionsOf(workload: string, sessions: number | null, otherwise?: string): string {
  return isInRedis(workload) ? 'in Redis' : reported(sessions, String, otherwise);
}

/** More would be no dots any more. */
const dotsOfPod = 500;

/** Whether an experiment runs, to which its own customers come and ours do not. */
export function isMeasuring({ experiments }: Pick<BankSnapshot, 'experiments'>): boolean {
  return experiments?.running != null;
}

/** Who is in a pod, in words and as dots. */
export function customersIn(customers: number): { inside: string; dots: number } {
  return { inside: count(customers, 'customer'), dots: customers };
}

/** The same while an experiment runs, as far as the pod itself counts. */
export function measuredIn(workload: string, { sessions, perSecond }: PodSnapshot): { inside: string; dots: number } {
  if (!keepsSessions(workload) || isInRedis(workload))
    return { inside: perSecond ? 'serves the experiment' : 'asked nothing just now', dots: 0 };
  return {
    inside: `${reported(sessions, String)} sessions of the experiment`,
    dots: Math.min(dotsOfPod, sessions ?? 0),
  };
}

function cpuOf({ cpu }: PodSnapshot, autoscaling: Autoscaling | null): string {
  const aim = autoscaling?.unit === 'm' && autoscaling.target !== null ? ` / ${autoscaling.target}m` : '';
  return reported(cpu, (value) => `${value.toFixed(0)}m${aim}`);
}

/** A pod's CPU as a part of twice what its autoscaler aims at, from 0 to 1: half is on target. Without one, of a core. */
export function cpuShareOf({ cpu }: PodSnapshot, autoscaling: Autoscaling | null): number {
  const aim = hasMark(autoscaling) ? autoscaling.target : 500;
  return Math.min(1, (cpu ?? 0) / (2 * aim));
}

/** Whether a pod's CPU can be held against its autoscaler's aim: a share of what pods request cannot. */
export function hasMark(autoscaling: Autoscaling | null): autoscaling is Autoscaling & { target: number } {
  return autoscaling !== null && autoscaling.unit === 'm' && autoscaling.target !== null;
}

/** What an autoscaler does, in a sentence. */
export function scalingOf(autoscaling: Autoscaling | null): string {
  if (autoscaling === null) return 'No autoscaler here: pods come and go by hand alone.';
  const { current, desired, min, max } = autoscaling;
  return `The autoscaler (HPA) has ${current}, wants ${desired}, between ${min} and ${max}; it reads ${autoscalerReads(autoscaling)} that it aims at.`;
}

/** What was lost under one cause in each mode. */
export interface CauseRow {
  readonly label: string;
  /** In the order of the modes. */
  readonly numbers: readonly number[];
}

/** Lost sessions, then failed requests, by cause; none for a cause that took nothing. */
export function lossRowsOf(modes: readonly ModeSnapshot[]): CauseRow[] {
  const awaited = modes.map((mode) => mode.awaited);
  return [
    ...lossRows(modes, 'session', ({ lostBy }) => lostBy),
    ...(awaited.some((number) => number > 0) ? [{ label: 'customers not back yet', numbers: awaited }] : []),
    ...lossRows(modes, 'request', ({ failedBy }) => failedBy),
  ];
}

function lossRows(
  modes: readonly ModeSnapshot[],
  thing: 'session' | 'request',
  of: (mode: ModeSnapshot) => Readonly<Record<string, number>>,
): CauseRow[] {
  const causes = new Set(modes.flatMap((mode) => Object.keys(of(mode)).filter((cause) => (of(mode)[cause] ?? 0) > 0)));
  const order: readonly string[] = lossCauses;
  const known = order.filter((cause) => causes.has(cause));
  const others = [...causes].filter((cause) => !order.includes(cause));
  return [...known, ...others].map((cause) => ({
    label: `${thing}s: ${causeInWords(cause)}`,
    numbers: modes.map((mode) => of(mode)[cause] ?? 0),
  }));
}

/** How far an experiment is. */
export function progressOf({ name, startedAt, progress, secondsLeft }: RunningExperiment, at: number): string {
  const left = secondsLeft === null ? '' : `, about ${roughly(secondsLeft * 1_000)} to go`;
  return `${name}, for ${roughly(at - startedAt)}${left}. ${progress}`;
}

/** A ruling with what it stands on, where that is too little to be sure of. */
export function rulingOf({ ruling, onlyBy }: Pick<DoneExperiment['verdicts'][number], 'ruling' | 'onlyBy'>): string {
  return onlyBy === '' ? ruling : `${ruling}, ${onlyBy}`;
}

export function milliseconds(ms: number | null): string {
  if (ms !== null && ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return reported(ms, (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`);
}

/** The time of day of a moment, in milliseconds since 1970. */
export function timeOfDay(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

/** A length of time, roughly. */
export function roughly(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** A name of the bank's JSON without the unit that `readable` gives with the value. */
export function withoutUnit(name: string): string {
  return name.replace(/Ms$/, '');
}

/** A value of the bank's JSON for a reader: lengths of time with their unit, moments as times of day, ids by their beginning. */
export function readable(name: string, value: unknown): string {
  if (typeof value === 'number' && name.endsWith('Ms')) return value < 1_000 ? milliseconds(value) : roughly(value);
  if (typeof value !== 'string') return value == null ? 'nothing' : JSON.stringify(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return timeOfDay(Date.parse(value));
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value)) return `${value.slice(0, 8)}…`;
  return value;
}

/** The front door as the reader reaches it: a lab in a cluster knows it by a name in there, unless the page came through it. */
export function bankAddress(
  { baseUrl, platform }: BankSnapshot,
  page: { readonly origin: string; readonly pathname: string },
): string {
  return platform === 'kubernetes' && page.pathname !== '/' ? page.origin : baseUrl;
}

function reported(value: number | null, report: (value: number) => string, otherwise = '–'): string {
  return value === null ? otherwise : report(value);
}
