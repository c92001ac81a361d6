import type { Advice, Weighed } from './advice.js';
import type { Cost } from './cost.js';
import type { TurningPoint } from './turning-points.js';
import { actsPerSecond, type AdvisedWorkload } from './workload.js';
import { formatNumber, wrap } from '../report/format.js';
import { terminalWidth } from '../report/terminal.js';

const labelWidth = 22;
const cellWidth = 11;

/** An advice as lines for a terminal of 80 columns: the mode, what each takes, what is lost, when it changes, and why. */
export function renderAdvice(
  workload: AdvisedWorkload,
  advice: Advice,
  turns: readonly TurningPoint[],
  source: string,
): string[] {
  const say = (text: string): string[] => wrap(text, terminalWidth, '  ');
  const { weighed } = advice;
  const chosen = weighed.find(({ cost }) => cost.mode === advice.mode);
  return [
    ...say(headline(workload, chosen)),
    '',
    ...renderTable(weighed),
    '',
    ...weighed.flatMap(({ cost, unfit }) => (unfit === undefined ? [] : say(`${cost.mode} is out: it ${unfit}.`))),
    ...(chosen === undefined
      ? []
      : ['', ...renderTurns(advice, turns).flatMap(say), '', ...renderSources(chosen.cost).flatMap(say)]),
    '',
    ...say(`Measured: ${source}. Another machine: run the experiments there, and give --report.`),
  ];
}

function headline(workload: AdvisedWorkload, chosen: Weighed | undefined): string {
  const load =
    `${grouped(workload.users)} users, an act each every ${formatNumber(workload.thinkSeconds)} s ` +
    `(${amount(actsPerSecond(workload))} a second), ${grouped(workload.sessionBytes)} bytes to remember of each`;
  if (chosen === undefined)
    return `NO MODE FITS ${load}. Allow more, or tolerate more: the table says what each takes.`;
  const { mode, pods, lostInCrash, lostInRollout } = chosen.cost;
  return (
    `ADVICE: ${mode}, ${pods.count} pods of ${pods.cores} core and ${mebibytes(pods.memoryBytes)}, for ${load}. ` +
    `When a pod dies, ${sessions(lostInCrash.value)}; when all are replaced, ${sessions(lostInRollout.value)}.`
  );
}

const rows: readonly [string, (cost: Cost) => string][] = [
  ['pods', ({ pods }) => grouped(pods.count)],
  ['of cores', ({ pods }) => `${pods.cores}`],
  ['and memory', ({ pods }) => mebibytes(pods.memoryBytes)],
  ['requests /s', ({ requestsPerSecond }) => amount(requestsPerSecond.value)],
  ['CPU used, cores', ({ cores }) => formatNumber(cores.value)],
  ['memory of all pods', ({ podMemoryBytes }) => mebibytes(podMemoryBytes.value)],
  ['memory in Redis', ({ redisMemoryBytes }) => mebibytes(redisMemoryBytes.value)],
  ['Redis operations /s', ({ redisOperations }) => amount(redisOperations.value)],
  ['client bytes /s', ({ wireBytes }) => amount(wireBytes.value)],
  ['Redis bytes /s', ({ redisWireBytes }) => amount(redisWireBytes.value)],
  ['all of it, in cores', ({ coreEquivalents }) => formatNumber(coreEquivalents.value)],
  ['lost: a pod dies', ({ lostInCrash }) => amount(lostInCrash.value)],
  ['lost: all replaced', ({ lostInRollout }) => amount(lostInRollout.value)],
];

function renderTable(weighed: readonly Weighed[]): string[] {
  const line = (label: string, cells: readonly string[]): string =>
    label.padEnd(labelWidth) + cells.map((cell) => cell.padStart(cellWidth)).join('');
  return [
    line(
      '',
      weighed.map(({ cost }) => cost.mode),
    ),
    ...rows.map(([label, cell]) =>
      line(
        label,
        weighed.map(({ cost }) => cell(cost)),
      ),
    ),
  ];
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
    ...turns.map(({ input, at, direction, mode: other }) => {
      const value = typeof at === 'number' ? grouped(Number(formatNumber(at))) : at;
      const bound = { above: 'from', below: 'down to', with: '' }[direction];
      const tail = direction === 'above' ? ' on' : '';
      return `  ${inputs[input]} ${bound}${bound === '' ? '' : ' '}${value}${tail}: ${other ?? 'no mode fits'}`;
    }),
    ...(steady.length === 0 ? [] : [`  It stays ${mode} whatever ${steady.map((input) => inputs[input]).join(', ')}.`]),
  ];
}

function renderSources(cost: Cost): string[] {
  const reported: readonly [string, keyof Cost][] = [
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
    ...reported.map(([label, key]) => `  ${label} = ${(cost[key] as { from: string }).from}`),
    '  pods = CPU of requests / (0.7 * cores of a pod - its CPU at rest), at least 2, at most 100,000 sessions each',
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
  if (value >= 1e9) return `${formatNumber(value / 1e9)} G`;
  if (value >= 1e6) return `${formatNumber(value / 1e6)} M`;
  return value >= 1e4 ? `${formatNumber(value / 1e3)} k` : formatNumber(value);
}

const grouped = (value: number): string => value.toLocaleString('en-US');
