import { coresText, type Advice, type Weighed } from './advice.js';
import { modes } from '../bank/modes.js';
import type { Cost } from './cost.js';
import { pastLimits } from './limits.js';
import type { ForecastError, Measured, ForecastTrial } from './measured.js';
import type { TurningPoint } from './turning-points.js';
import { actsPerSecond, type AdvisedWorkload } from './workload.js';
import { formatNumber, wrap } from '../report/format.js';
import { terminalWidth } from '../report/terminal.js';

/** The figures of a cost that have a formula. */
type TracedFigure = Exclude<keyof Cost, 'mode' | 'pods'>;

const labelWidth = 26;
const cellWidth = 13;

/** An advice as lines for a terminal of 80 columns: how far to trust it, the mode, what each takes and loses, when it changes, and why. */
export function renderAdvice(
  workload: AdvisedWorkload,
  advice: Advice,
  turns: readonly TurningPoint[],
  { error, trial, leftOut }: Measured,
  source: string,
): string[] {
  const say = (text: string): string[] => wrap(text, terminalWidth, '  ');
  const { weighed } = advice;
  const chosen = weighed.find(({ cost }) => cost.mode === advice.mode);
  return [
    ...caution(trial).flatMap(say),
    ...say(headline(workload, chosen)),
    ...advice.tied.flatMap(({ mode, losesMore }) =>
      say(`Within the error ${mode} costs the same, and loses ${losesMore ? 'more' : 'as little'}.`),
    ),
    '',
    ...say(errorLine(error, trial)),
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
    ...(chosen === undefined
      ? []
      : ['', ...renderTurns(advice, turns).flatMap(say), '', ...renderSources(chosen.cost).flatMap(say)]),
    '',
    ...say(`Measured: ${source}. Another machine: run the experiments there, and give --report.`),
  ];
}

function caution({ verdict }: ForecastTrial): string[] {
  if (verdict?.ruling === 'holds') return [];
  const why = verdict === undefined ? 'It did not judge claim 11.' : `Claim 11 could not be told: ${verdict.because}`;
  return [`TAKE CARE: this report does not show that its forecasts come true. ${why}`, ''];
}

function headline(workload: AdvisedWorkload, chosen: Weighed | undefined): string {
  const load =
    `${grouped(workload.users)} ${workload.users === 1 ? 'user' : 'users'}, an act each every ${formatNumber(workload.thinkSeconds)} s ` +
    `(${amount(actsPerSecond(workload))} a second), ${grouped(workload.sessionBytes)} bytes to remember of each`;
  if (chosen === undefined)
    return `NO MODE FITS ${load}. Allow more, tolerate more, or divide the users: the table says what each takes.`;
  const { mode, pods, lostInCrash, lostInRollout } = chosen.cost;
  return (
    `ADVICE: ${mode}, ${grouped(pods.count)} pods, each of ${coresText(pods.cores)} and ${mebibytes(pods.memoryBytes)}, for ${load}. ` +
    `When a pod dies, ${sessions(lostInCrash.value)}; when all are replaced, ${sessions(lostInRollout.value)}.`
  );
}

function errorLine({ cpu, traffic, memory }: ForecastError, { rounds, requestsPerSecond }: ForecastTrial): string {
  return (
    `± is how far this report's own forecasts were off at most, and no less than by what chance does (claim 11, ${rounds === 1 ? 'one round' : `${rounds} rounds`}, ` +
    `up to ${amount(requestsPerSecond)} requests a second; that it grows in line from there is assumed): ` +
    `CPU ${percent(cpu)}, requests and what they carry ${percent(traffic)}, memory ${percent(memory)}, and what follows from these.`
  );
}

interface CostRow {
  readonly label: string;
  readonly unit: string;
  readonly figure?: keyof Cost;
  readonly of: (cost: Cost) => number;
  /** What is chosen, not measured, has no error. */
  readonly exact?: true;
}

const traced = (figure: TracedFigure, label: string, unit: string): CostRow => ({
  label,
  unit,
  figure,
  of: (cost) => cost[figure].value,
});
const inMebibytes = (figure: TracedFigure, label: string): CostRow => ({
  ...traced(figure, label, 'MiB'),
  of: (cost) => cost[figure].value / 2 ** 20,
});

const rows: readonly CostRow[] = [
  { label: 'pods', unit: '', figure: 'pods', of: ({ pods }) => pods.count },
  { label: 'each of', unit: 'cores', of: ({ pods }) => pods.cores, exact: true },
  { label: 'each of', unit: 'MiB', of: ({ pods }) => pods.memoryBytes / 2 ** 20, exact: true },
  traced('requestsPerSecond', 'requests', '/s'),
  traced('cores', 'CPU used', 'cores'),
  inMebibytes('podMemoryBytes', 'memory of pods'),
  inMebibytes('redisMemoryBytes', 'memory in Redis'),
  traced('redisOperations', 'Redis operations', '/s'),
  traced('wireBytes', 'client traffic', 'B/s'),
  traced('redisWireBytes', 'Redis traffic', 'B/s'),
  traced('coreEquivalents', 'all of it', 'cores'),
  traced('lostInCrash', 'crash loses', 'sessions'),
  traced('lostInRollout', 'rollout loses', 'sessions'),
];

function renderTable(weighed: readonly Weighed[]): string[] {
  const line = (label: string, cells: readonly string[]): string =>
    label.padEnd(labelWidth) + cells.map((cell) => cell.padStart(cellWidth)).join('');
  return [
    line(
      '',
      weighed.map(({ cost }) => cost.mode),
    ),
    ...rows.map((row) => {
      const { divisor, unit } = scaled(
        row.unit,
        Math.max(...weighed.map(({ cost }) => row.of(cost)).filter(Number.isFinite)),
      );
      return line(
        [row.label, unit].filter((text) => text !== '').join(', '),
        weighed.map((one) => cellOf(row, one, divisor)),
      );
    }),
  ];
}

function cellOf({ of, exact, figure }: CostRow, { cost, low, high }: Weighed, divisor: number): string {
  const value = of(cost);
  if (!Number.isFinite(value)) return '-';
  const mark = pastLimits(cost).some((past) => past.figure === figure) ? '! ' : '';
  const off = Math.max(Math.abs(of(low) - value), Math.abs(of(high) - value)) / value;
  return mark + amountOf(value / divisor) + (exact || value === 0 ? '' : ` ±${percent(off, '')}`);
}

/** A unit in which the largest number of a row has at most five digits, or four of bytes. */
function scaled(unit: string, max: number): { divisor: number; unit: string } {
  const larger =
    unit === 'MiB'
      ? ['MiB', 'GiB', 'TiB', 'PiB']
      : prefixes.map((sign) => sign + (sign !== '' && unit.length > 3 ? ' ' : '') + unit);
  const step = unit === 'MiB' ? 1_024 : 1_000;
  const steps = Math.min(
    larger.length - 1,
    Math.max(0, Math.ceil(Math.log(max / (unit === 'B/s' ? 9_999 : 99_999)) / Math.log(step))),
  );
  return { divisor: step ** steps, unit: larger[steps]! };
}

/** What is marked in the table, and what each mode would take. */
function impossibilities(weighed: readonly Weighed[]): string[] {
  const past = weighed.flatMap(({ cost }) => pastLimits(cost).map((one) => ({ mode: cost.mode, ...one })));
  const figures = new Set(past.map(({ figure }) => figure));
  return [...figures].map((figure) => {
    const same = past.filter((one) => one.figure === figure);
    const { label, max, unit, one, source, several } = same[0]!;
    const needed = same.map(({ mode, value }) => `${grouped(Math.ceil(value / max))} in ${mode}`);
    return (
      `! More ${label} than one ${one} bears, which is about ${amount(max)}${unit} (${source})` +
      `${several ? '' : ': impossible'}. It would take ${needed.join(', ')}, the users divided among them.`
    );
  });
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

function renderSources(cost: Cost): string[] {
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
    ...(modes[cost.mode].store === 'redis'
      ? ['  sessions in Redis = users: the chart allows 100,000 (session.maxSessions), raise it for more']
      : []),
  ];
}

function sessions(count: number): string {
  if (count < 0.5) return 'no session is lost';
  return `about ${amount(count)} ${Math.round(count) === 1 ? 'session is' : 'sessions are'} lost`;
}

function mebibytes(bytes: number): string {
  const mib = Math.ceil(bytes / 2 ** 20);
  if (mib < 10_240) return `${mib} MiB`;
  return mib < 10_485_760 ? `${grouped(Math.ceil(mib / 1_024))} GiB` : `${grouped(Math.ceil(mib / 1_048_576))} TiB`;
}

/** A number of anything in at most seven characters. */
function amount(value: number): string {
  const steps = value < 1e5 ? 0 : Math.min(prefixes.length - 1, Math.floor(Math.log10(value) / 3));
  const digits = value / 1_000 ** steps;
  return `${digits >= 1_000 ? grouped(Math.round(digits)) : amountOf(digits)}${steps === 0 ? '' : ` ${prefixes[steps]}`}`;
}

const prefixes = ['', 'k', 'M', 'G', 'T'] as const;

/** Of what is below a hundred, three significant digits, and no less than a hundredth. */
const amountOf = (value: number): string => (value > 0 && value < 0.01 ? '<0.01' : formatNumber(value));

const percent = (share: number, unit = ' %'): string => `${(100 * share).toFixed(0)}${unit === '' ? '%' : unit}`;
const grouped = (value: number): string => value.toLocaleString('en-US');
