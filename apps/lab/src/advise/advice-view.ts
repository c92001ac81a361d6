import { coresText, type Advice, type Weighed } from './advice.js';
import { modes } from '../bank/modes.js';
import { errorOf, impossibilities, renderTable } from './advice-table.js';
import { amount, grouped, mebibytes, percent } from './amounts.js';
import type { Cost, TracedFigure } from './cost.js';
import type { ForecastError, Measured, ForecastTrial } from './measured.js';
import { type AdvisedService, figuresInWords, movesInWords, ownErrorLine, ownInWords } from './own-view.js';
import type { TurningPoint } from './turning-points.js';
import { actsPerSecond, type AdvisedWorkload } from './workload.js';
import { formatNumber, wrap } from '../report/format.js';
import { terminalWidth } from '../report/terminal.js';

/**
 * An advice as lines for a terminal of 80 columns: how far to trust it, the mode, what each takes and loses, when it changes,
 * and why; of the reader's own service also what it is today, what moving would change, and whose each figure is.
 */
export function renderAdvice(
  workload: AdvisedWorkload,
  advice: Advice,
  turns: readonly TurningPoint[],
  { error, trial, leftOut, spread }: Measured,
  source: string,
  own?: AdvisedService,
): string[] {
  const say = (text: string): string[] => wrap(text, terminalWidth, '  ');
  const { weighed } = advice;
  const chosen = weighed.find(({ cost }) => cost.mode === advice.mode);
  return [
    ...caution(trial, own && { report: 'the bank’s report' }).flatMap((text) => [...say(text), '']),
    ...(own === undefined ? [] : ownInWords(own)).flatMap((text) => [...say(text), '']),
    ...say(headline(workload, chosen)),
    ...tiedInWords(advice).flatMap(say),
    '',
    ...say(own === undefined ? errorLine(error, trial) : ownErrorLine(error, trial)),
    '',
    ...renderTable(weighed),
    '',
    ...impossibilities(weighed).flatMap(say),
    ...leftOut.flatMap((mode) =>
      say(
        `${mode} is never advised: it loses sessions in normal running, as nothing leads a request to the pod that has its session.`,
      ),
    ),
    ...weighed.flatMap(({ cost, unfit }) => (unfit === undefined ? [] : say(`${cost.mode} is out: it ${unfit}.`))),
    ...(own === undefined
      ? spreadInWords(spread).flatMap(say)
      : ['', ...movesInWords(own, advice).flatMap(say), '', ...figuresInWords(own, workload).flatMap(say)]),
    ...(chosen === undefined
      ? []
      : ['', ...renderTurns(advice, turns).flatMap(say), '', ...renderSources(chosen.cost, own).flatMap(say)]),
    '',
    ...say(
      `Measured: ${source}. Another machine: ${own ? 'examine' : 'run the experiments'} there, and give --report.`,
    ),
  ];
}

/** Which mode a scale-out helps, and with and without sessions that pods let go. */
function spreadInWords(spread: Measured['spread']): string[] {
  if (spread.length === 0) return [];
  const each = spread.map(
    ({ mode, hottest, without }) =>
      `${Math.round(hottest)} % in ${mode}` +
      (without === undefined ? '' : ` (${Math.round(without)} % without session.rebalancing.enabled)`),
  );
  return [
    `With twice the pods for users who stay, the hottest pod had of the average load: ${each.join(', ')}. ` +
      'Where that stays far above 100 %, more pods help only those who come later.',
  ];
}

interface CautionWords {
  /** Where the reader finds why, if not here. */
  readonly elsewhere?: string;
  /** Whose forecasts they are; those of the report that is read if not given. */
  readonly report?: string;
}

/** What to know first of a report that does not show that its forecasts come true. */
export function caution(
  { verdict }: ForecastTrial,
  { elsewhere, report = 'this report' }: CautionWords = {},
): string[] {
  if (verdict?.ruling === 'holds') return [];
  const said = `TAKE CARE: ${report} does not show that its forecasts come true`;
  if (verdict === undefined) return [`${said}. It did not judge claim 11.`];
  return [
    elsewhere === undefined ? `${said}. Claim 11 could not be told: ${verdict.because}` : `${said}: ${elsewhere}.`,
  ];
}

function headline(workload: AdvisedWorkload, chosen: Weighed | undefined): string {
  const load = loadInWords(workload);
  if (chosen === undefined)
    return `NO MODE FITS ${load}. Allow more, tolerate more, or divide the users: the table says what each takes.`;
  return `ADVICE: ${chosen.cost.mode}, ${podsInWords(chosen)}, for ${load}. ${lossesInWords(chosen)}`;
}

const mayBeLost: Readonly<Record<AdvisedWorkload['lossTolerance'], string>> = {
  none: 'none of which may be lost',
  minutes: 'which may be lost when a pod dies, and at no rollout',
  any: 'which may be lost',
};

/** A workload in a phrase. */
export function loadInWords(workload: AdvisedWorkload): string {
  const { users, thinkSeconds, sessionBytes, lossTolerance } = workload;
  return (
    `${grouped(users)} ${users === 1 ? 'user' : 'users'}, an act each every ${formatNumber(thinkSeconds)} s ` +
    `(${amount(actsPerSecond(workload))} a second), ${grouped(sessionBytes)} bytes to remember of each, ${mayBeLost[lossTolerance]}`
  );
}

const podsInWords = (chosen: Weighed): string =>
  `${grouped(chosen.cost.pods.count)} pods (${errorOf((cost) => cost.pods.count, chosen)}), ` +
  `each of ${coresText(chosen.cost.pods.cores)} and ${mebibytes(chosen.cost.pods.memoryBytes)}`;

const lossesInWords = (chosen: Weighed): string =>
  `When a pod dies, ${sessions('lostInCrash', chosen)}; when all are replaced, ${sessions('lostInRollout', chosen)}.`;

const tiedInWords = ({ tied }: Advice): string[] =>
  tied.map(
    ({ mode, losesMore }) => `Within the error ${mode} costs the same, and loses ${losesMore ? 'more' : 'as little'}.`,
  );

/** What the modes that fit, too, cost in all. */
function dearerInWords({ weighed, tied }: Advice, chosen: Weighed): string[] {
  const named = [chosen.cost.mode, ...tied.map(({ mode }) => mode)];
  return weighed
    .filter(({ cost, unfit }) => unfit === undefined && !named.includes(cost.mode))
    .map(({ cost }) => {
      const times = cost.coreEquivalents.value / chosen.cost.coreEquivalents.value;
      return `${cost.mode} fits, too, and takes ${formatNumber(times)} times as much of all, with ${grouped(cost.pods.count)} pods.`;
    });
}

/** What an advice comes to behind the name of its mode: pods, losses, what costs the same, and why others are out. */
export function adviceInShort(advice: Advice): string {
  const chosen = advice.weighed.find(({ cost }) => cost.mode === advice.mode);
  const out = advice.weighed.flatMap(({ cost, unfit }) => (unfit === undefined ? [] : [`${cost.mode} ${unfit}`]));
  return [
    ...(chosen === undefined ? ['No mode fits.'] : [`${podsInWords(chosen)}. ${lossesInWords(chosen)}`]),
    ...tiedInWords(advice),
    ...(chosen === undefined ? [] : dearerInWords(advice, chosen)),
    ...(out.length === 0 ? [] : [`Out: ${out.join('; ')}.`]),
  ].join(' ');
}

/** How far the figures of an advice may be off. */
export function errorLine(
  { cpu, traffic, memory }: ForecastError,
  { rounds, requestsPerSecond }: ForecastTrial,
): string {
  return (
    `± is how far this report's own forecasts were off at most, and no less than by what chance does (claim 11, ${rounds === 1 ? 'one round' : `${rounds} rounds`}, ` +
    `up to ${amount(requestsPerSecond)} requests a second; that it grows in line from there is assumed): ` +
    `CPU ${percent(cpu)}, requests and what they carry ${percent(traffic)}, memory ${percent(memory)}, and what follows from these.`
  );
}

const inputs: Readonly<Record<keyof AdvisedWorkload, string>> = {
  users: '--users',
  thinkSeconds: '--think-seconds',
  sessionBytes: '--session-bytes',
  writesPercent: '--writes-percent',
  lossTolerance: '--loss-tolerance',
};

function renderTurns({ mode }: Advice, turns: readonly TurningPoint[]): string[] {
  const steady = (Object.keys(inputs) as (keyof AdvisedWorkload)[]).filter(
    (input) => !turns.some((turn) => turn.input === input),
  );
  return [
    'The advice would be another one, all else as it is, with:',
    ...turns.map(
      ({ input, at, direction, mode: other }) =>
        `  ${inputs[input]} ${where(at, direction)}: ${other ?? 'no mode fits'}`,
    ),
    ...(steady.length === 0 ? [] : [`  It stays ${mode} whatever ${steady.map((input) => inputs[input]).join(', ')}.`]),
  ];
}

function where(at: TurningPoint['at'], direction: TurningPoint['direction']): string {
  if (typeof at === 'string') return at;
  const way = direction === 'above' ? 'higher' : 'lower';
  if (at === undefined) return `${way} (where, the error does not let tell)`;
  const [near, far] = at.map((value) => grouped(Number(at[0] === at[1] ? formatNumber(value) : value.toPrecision(2))));
  return near === far ? `${way}, from ${near} on` : `${way}, from somewhere between ${near} and ${far} on`;
}

function renderSources(cost: Cost, own: AdvisedService | undefined): string[] {
  const reported: readonly [string, TracedFigure][] = [
    ['requests a second', 'requestsPerSecond'],
    ['CPU', 'cores'],
    ['memory of all pods', 'podMemoryBytes'],
    ['memory in Redis', 'redisMemoryBytes'],
    ['Redis operations', 'redisOperations'],
    ['client bytes', 'wireBytes'],
    ['Redis bytes', 'redisWireBytes'],
    ['all of it', 'coreEquivalents'],
    ['lost when a pod dies', 'lostInCrash'],
    ['lost when all are replaced', 'lostInRollout'],
  ];
  return [
    `Where the numbers of ${cost.mode} come from (experiment.figure of the report):`,
    ...reported.map(([label, key]) => `  ${label} = ${cost[key].from}`),
    '  pods = CPU of requests / (0.7 * cores of a pod - its CPU at rest), at least 2, at most 100,000 sessions each',
    ...(modes[cost.mode].store === 'redis' && own === undefined
      ? ['  sessions in Redis = users: the chart allows 100,000 (session.maxSessions), raise it for more']
      : []),
  ];
}

function sessions(figure: TracedFigure, chosen: Weighed): string {
  const count = chosen.cost[figure].value;
  if (count < 0.5) return 'no session is lost';
  const error = errorOf((cost) => cost[figure].value, chosen);
  return `about ${amount(count)} ${Math.round(count) === 1 ? 'session is' : 'sessions are'} lost (${error})`;
}
