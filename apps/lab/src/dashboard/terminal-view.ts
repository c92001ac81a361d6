import { modes as bankModes, type Mode, type ModeName } from '../bank/modes.js';
import { fellBehind } from '../load/fell-behind.js';
import { renderBank, renderBankLines } from './bank-view.js';
import { formatFigure, wrap } from '../report/format.js';
import type {
  AuditSnapshot,
  BankSnapshot,
  CrowdSnapshot,
  DoneExperiment,
  ModeSnapshot,
} from '../protocol/snapshots.js';
import { lossRowsOf, milliseconds, progressOf, rulingOf, timeOfDay } from '../page/formatted.js';
import { byNow } from '../page/outcome.js';

const width = 79;
const eventsDisplayed = 8;
const verdictsDisplayed = 4;

/** What a terminal of few rows does without. */
const spared = /^$|^since |^ {2}(style|path|requests|sessions opened) {2}|: 0 of 0 ready$/;

/** What the page shows, as lines of less than 80 columns; how many rows there are room for decides how much. */
export function renderNow(now: BankSnapshot, rows = Infinity): string[] {
  const { at, readAt, fault, workloads, events, crowd, audit, experiments } = now;
  const experiment = [
    ...(experiments?.running == null ? [] : [`experiment: ${progressOf(experiments.running, at)}`]),
    ...(experiments?.done.slice(-verdictsDisplayed).map(verdictOf) ?? []),
  ];
  const lines = [
    `${now.bank}, ${readAt === null ? 'not read yet' : `read at ${timeOfDay(readAt)}`}`,
    ...(fault === null ? [] : wrap(fault, width, '  ')),
    ...(crowd === null ? [] : ['', ...modeColumns(crowd)]),
    ...wrap(moneyOf(audit), width, '  '),
    ...experiment.flatMap((line) => wrap(line, width, '  ')),
    '',
    ...renderBank(workloads),
    '',
    ...events.slice(-eventsDisplayed).map(({ at: when, sentence }) => `${timeOfDay(when)} ${sentence}`),
  ];
  return lines.length <= rows ? lines : lines.filter((line) => !spared.test(line));
}

/** The same as a line for each thing, for where nothing can be redrawn; what happens and what an experiment is at is left out. */
export function renderNowLines({ workloads, crowd, audit, experiments }: BankSnapshot): string[] {
  const customers = crowd?.modes.map((mode) => {
    const { perSecond, p50Ms, p99Ms, behind, sentHeader, sentBody, opened, lost, awaited, failed } = mode;
    const latencies =
      behind === null ? `p50 ${milliseconds(p50Ms)}, p99 ${milliseconds(p99Ms)}` : `no latency: the lab fell behind`;
    const load = `${active(crowd, mode)} customers, ${perSecond.toFixed(0)} req/s, ${latencies}`;
    const sent = `sent ${formatFigure(sentHeader, 'bytes')} + ${formatFigure(sentBody, 'bytes')}`;
    return `${mode.mode}: ${load}, ${sent}; since ${timeOfDay(mode.since)} ${opened} sessions, ${lost} lost${byNow(awaited)}, ${failed} failed requests`;
  });
  return [
    ...renderBankLines(workloads),
    ...(customers ?? []),
    ...(audit === null ? [] : [moneyOf(audit)]),
    ...(experiments?.done.map(verdictOf) ?? []),
  ];
}

type ModeFigure = (mode: ModeSnapshot) => string;

const minLabelWidth = 38;
const maxCellWidth = 16;

/** A column for each mode, each row with what was met there. */
function modeColumns(crowd: CrowdSnapshot): string[] {
  const { modes } = crowd;
  if (modes.length === 0) return ['customers: nobody came yet'];
  const cellWidth = Math.min(maxCellWidth, Math.floor((width - minLabelWidth) / modes.length));
  const labelWidth = width - cellWidth * modes.length;
  const row = (label: string, report: ModeFigure): string =>
    label.slice(0, labelWidth - 1).padEnd(labelWidth) + modes.map((mode) => report(mode).padStart(cellWidth)).join('');
  const isWide = cellWidth === maxCellWidth;
  /** Two figures in a row, or in two where the columns are narrow. */
  const pair = (label: string, sign: ' / ' | ' + ', one: ModeFigure, other: ModeFigure): string[] => {
    if (isWide) return [row(label, (mode) => `${one(mode)}${sign}${other(mode)}`)];
    const [first = '', second = ''] = label.split(sign);
    return [row(first, one), row(`    ${second}`, other)];
  };
  const bytes = (figure: 'sentHeader' | 'sentBody' | 'receivedHeader' | 'receivedBody') => (mode: ModeSnapshot) =>
    formatFigure(mode[figure], 'bytes');
  const behind = modes[0]?.behind;
  return [
    row('customers', ({ mode }) => mode.slice(0, cellWidth - 1)),
    ...(isWide
      ? [row('  style', (mode) => known(mode)?.style ?? ''), row('  path', (mode) => known(mode)?.path ?? '')]
      : []),
    row('  inside now', (mode) => String(active(crowd, mode))),
    row(`  requests a second, of the last ${modes[0]!.overSeconds} s`, ({ perSecond }) => perSecond.toFixed(0)),
    ...pair(
      '  latency p50 / p99',
      ' / ',
      (mode) => latency(mode, 'p50Ms'),
      (mode) => latency(mode, 'p99Ms'),
    ),
    ...(behind == null ? [] : wrap(`  ${fellBehind}: ${behind}.`, width, '  ')),
    row('since', ({ since }) => timeOfDay(since).slice(0, cellWidth - 1)),
    row('  requests', ({ requests }) => String(requests)),
    row('  failed', ({ failed }) => String(failed)),
    ...pair(
      '  journeys made / given up',
      ' / ',
      ({ journeys }) => String(journeys),
      ({ gaveUp }) => String(gaveUp),
    ),
    row('  transfers made', ({ transfers }) => String(transfers)),
    row('  sessions opened', ({ opened }) => String(opened)),
    row('  sessions lost', ({ lost }) => String(lost)),
    ...lossRowsOf(modes).map(({ label, numbers }) =>
      row(`    ${label}`, (mode) => String(numbers[modes.indexOf(mode)])),
    ),
    ...pair('  sent a request: header + body', ' + ', bytes('sentHeader'), bytes('sentBody')),
    ...pair('  received: header + body', ' + ', bytes('receivedHeader'), bytes('receivedBody')),
    ...pair(
      '  fields prepared / carried',
      ' / ',
      ({ preparedFields }) => formatFigure(preparedFields, 'count'),
      ({ carriedFields }) => formatFigure(carriedFields, 'count'),
    ),
  ];
}

/** Another lab's page may tell of modes that this one has not. */
function known({ mode }: ModeSnapshot): Mode | undefined {
  return bankModes[mode as ModeName];
}

function active({ customers }: CrowdSnapshot, { mode }: ModeSnapshot): number {
  return customers.filter((one) => one.mode === mode).length;
}

/** Without the space: five of them stand in a row. */
function latency(mode: ModeSnapshot, percentile: 'p50Ms' | 'p99Ms'): string {
  return mode.behind === null ? milliseconds(mode[percentile]).replace(' ', '') : 'void';
}

function moneyOf(audit: AuditSnapshot | null): string {
  if (audit === null) return 'money: not counted yet';
  const { clean, accounts, transfers, breach, fault } = audit;
  const at = timeOfDay(audit.at);
  if (clean === null) return `money: not counted at ${at}: ${fault ?? 'no answer'}`;
  if (!clean) return `money: WRONG at ${at}: ${breach ?? 'a breach'}`;
  return `money: exact over ${accounts} accounts and ${transfers} transfers, counted at ${at}`;
}

function verdictOf({ name, at, passed, verdicts }: DoneExperiment): string {
  const rulings = verdicts.map((one) => `claim ${one.number} ${rulingOf(one)}: ${one.because}`).join(' ');
  return `${timeOfDay(at)} ${name}: ${passed ? '' : 'do not trust this run. '}${rulings}`;
}
