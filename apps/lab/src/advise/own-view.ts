import { modeWords } from '../examine/paragraph.js';
import type { Advice, Weighed } from './advice.js';
import { amount, grouped, mebibytes, percent } from './amounts.js';
import type { Cost } from './cost.js';
import type { ForecastError, ForecastTrial } from './measured.js';
import { twinOf } from './own-measured.js';
import { isTold, type OwnFigure, type OwnService } from './own-service.js';
import type { AdvisedWorkload } from './workload.js';

/** The reader's own service, and what the reader gave in place of what was found. */
export interface AdvisedService {
  readonly service: OwnService;
  readonly isSessionGiven: boolean;
}

/** What the service is today, and what to know before any figure is read. */
export function ownInWords({ service }: AdvisedService): string[] {
  const { name, mode, requests, cautions } = service;
  const twin = twinOf(mode);
  const measuredAs = twin === mode ? '' : ` Its figures were measured at one replica alone, and so stand for ${twin}.`;
  return [
    ...cautions.map((text) => `TAKE CARE: ${text}`),
    `YOUR SERVICE, ${name}, is in ${mode} today: ${modeWords[mode]}.${measuredAs} An act is one walk ` +
      `of the journey, with its ${requests} ${requests === 1 ? 'request' : 'requests'}.`,
  ];
}

/** How far the figures may be off, as far as anybody knows. */
export function ownErrorLine({ cpu, traffic, memory }: ForecastError, { requestsPerSecond }: ForecastTrial): string {
  return (
    '± is how far the bank’s own forecasts were off at most, and no less than by what chance does (claim 11 of its ' +
    `report, up to ${amount(requestsPerSecond)} requests a second), or how unsure your figures are, where that is more: ` +
    `CPU ${percent(cpu)}, requests and what they carry ${percent(traffic)}, memory ${percent(memory)}, and what follows ` +
    'from these. How far what a mode takes more or less in the bank holds for your service, is not known.'
  );
}

interface MovedFigure {
  readonly label: string;
  readonly of: (cost: Cost) => number;
  readonly text: (value: number) => string;
}

const moved: readonly MovedFigure[] = [
  { label: 'pods', of: ({ pods }) => pods.count, text: grouped },
  { label: 'CPU used', of: ({ cores }) => cores.value, text: (value) => `${amount(value)} cores` },
  { label: 'memory of pods', of: ({ podMemoryBytes }) => podMemoryBytes.value, text: mebibytes },
  { label: 'memory in Redis', of: ({ redisMemoryBytes }) => redisMemoryBytes.value, text: mebibytes },
  { label: 'client traffic', of: ({ wireBytes }) => wireBytes.value, text: (value) => `${amount(value)}B/s` },
  { label: 'sessions that a crash loses', of: ({ lostInCrash }) => lostInCrash.value, text: amount },
  { label: 'sessions that a rollout loses', of: ({ lostInRollout }) => lostInRollout.value, text: amount },
];

/** What would change with each other mode, as far as the error tells it apart. */
export function movesInWords({ service }: AdvisedService, { weighed, mode: advised }: Advice): string[] {
  const twin = twinOf(service.mode);
  const today = weighed.find(({ cost }) => cost.mode === twin)!;
  const lead =
    service.mode === twin
      ? []
      : [
          `  to ${twin}: clients are led back to their replica, and lose nothing while no replica ends; it takes as much.`,
        ];
  const others = weighed.filter((one) => one !== today);
  return [
    advised === service.mode ? `It is in ${advised} today: nothing must move.` : '',
    `What moving from ${service.mode} would change, as far as the error tells it apart:`,
    ...lead,
    ...others.map(
      (one) => `  to ${one.cost.mode}${one.cost.mode === advised ? ' (advised)' : ''}: ${changes(today, one)}.`,
    ),
  ].filter((line) => line !== '');
}

function changes(today: Weighed, other: Weighed): string {
  const told = moved.flatMap(({ label, of, text }) => {
    const [from, to] = [of(today.cost), of(other.cost)];
    const isTied = least(today, of) <= most(other, of) && least(other, of) <= most(today, of);
    return isTied || !Number.isFinite(from) || !Number.isFinite(to) ? [] : [`${label} ${text(from)} -> ${text(to)}`];
  });
  return told.length === 0 ? 'nothing' : told.join(', ');
}

/** More pods lose less each, so that neither bound of a cost is always the lower one. */
const least = ({ cost, low, high }: Weighed, of: (cost: Cost) => number): number =>
  Math.min(...[cost, low, high].map(of));
const most = ({ cost, low, high }: Weighed, of: (cost: Cost) => number): number =>
  Math.max(...[cost, low, high].map(of));

/** Whose each figure is, and how far it may be off. */
export function figuresInWords(
  { service, isSessionGiven }: AdvisedService,
  { sessionBytes }: AdvisedWorkload,
): string[] {
  const { mode } = service;
  const twin = twinOf(mode);
  const rows: readonly [string, OwnFigure][] = [
    ['CPU a request', service.cpuUs],
    ['CPU at rest', service.atRestPercent],
    ['bytes a request', service.wireBytes],
    ['request header', service.headerBytes],
    ['memory of a replica', service.replicaBytes],
    [`lost when a pod dies, in ${mode}`, service.lostInCrash],
    [`lost when all are replaced, in ${mode}`, service.lostInRollout],
    [`lost with nothing done, in ${mode}`, service.lostAnyway],
  ];
  const session = isSessionGiven
    ? `${grouped(sessionBytes)}, given by --session-bytes`
    : isTold(service.sessionBytes)
      ? `${grouped(sessionBytes)}: ${whose(service.sessionBytes)}; no error is known of it where it is written elsewhere`
      : '';
  return [
    'Whose the figures are:',
    `  requests an act: yours, ${service.requests} of the journey, counted; the same in each mode`,
    `  bytes of a session: ${session}`,
    ...rows.map(([label, figure]) => `  ${label}: ${whose(figure)}`),
    `  what other modes take more or less than ${twin}, and lose: the bank’s; error for your service not known`,
    '  CPU to read and write a KiB of state: the bank’s; error for your service not known',
    '  a store that replicas share: reckoned as one Redis, two operations a request',
  ];
}

function whose(figure: OwnFigure): string {
  if (!isTold(figure))
    return `the bank’s, error for your service not known. The examination does not tell it: ${figure.untold}`;
  return `${figure.from}, ${figure.off === undefined ? 'error not known' : `±${percent(figure.off, '')}`}`;
}
