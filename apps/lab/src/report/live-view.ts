import { modes } from '../bank/modes.js';
import { formatDuration, formatFigure, formatMegabytes, formatNumber, wrap } from './format.js';
import type { AuditSummary, LiveSnapshot, StyleSnapshot } from './live.js';
import { terminalWidth } from './terminal.js';

/** The live view as lines of at most 80 columns. */
export function renderLive(snapshot: LiveSnapshot): string[] {
  const { styles, pods, audit } = snapshot;
  return [
    ...(styles.length > 2 ? eachInALine(snapshot) : sideBySide(snapshot)),
    '',
    'pod                           state        requests/s    memory',
    ...pods.map(
      ({ name, phase, perSecond, memoryBytes }) =>
        name.padEnd(30) +
        phase.padEnd(13) +
        formatNumber(perSecond).padStart(10) +
        (memoryBytes === undefined ? '-' : formatMegabytes(memoryBytes)).padStart(10),
    ),
    '',
    ...wrap(`money: ${auditSentence(audit)}`, terminalWidth, '  '),
  ];
}

function sideBySide({ styles, elapsedMs }: LiveSnapshot): string[] {
  const row = (label: string, report: (style: StyleSnapshot) => string): string =>
    label.padEnd(30) + styles.map((style) => report(style).padStart(22)).join('');
  return [
    row(`the two styles, ${formatDuration(elapsedMs)}`, ({ mode }) => `${modes[mode].style} (${modes[mode].path})`),
    row('requests a second', ({ perSecond }) => formatNumber(perSecond)),
    row('latency p50 / p99', ({ p50Ms, p99Ms }) => `${formatFigure(p50Ms, 'ms')} / ${formatFigure(p99Ms, 'ms')}`),
    row('requests so far', ({ requests }) => `${requests}`),
    row('  failed', ({ failed }) => `${failed}`),
    row('journeys made / given up', ({ journeys, gaveUp }) => `${journeys} / ${gaveUp}`),
    row('transfers made', ({ transfers }) => `${transfers}`),
    row('customers inside', ({ open }) => `${open}`),
    row('sessions lost', ({ lost }) => `${lost}`),
    ...causes(styles).map((cause) => row(`  ${cause}`, ({ lostBy }) => `${lostBy[cause] ?? 0}`)),
    row('sent a request: header + body', ({ sentHeader, sentBody }) => sizes(sentHeader, sentBody)),
    row('received: header + body', ({ receivedHeader, receivedBody }) => sizes(receivedHeader, receivedBody)),
    row('fields prepared / carried', ({ preparedFields, carriedFields }) =>
      [preparedFields, carriedFields].map((fields) => formatFigure(fields, 'count')).join(' / '),
    ),
  ];
}

/** For more styles than fit beside each other. */
function eachInALine({ styles, elapsedMs }: LiveSnapshot): string[] {
  const row = (mode: string, ...cells: string[]): string =>
    mode.padEnd(9) + cells.map((cell) => cell.padStart(10)).join('');
  return [
    row('mode', 'req/s', 'p50', 'p99', 'failed', 'inside', 'transfers', 'lost'),
    ...styles.map(({ mode, perSecond, p50Ms, p99Ms, failed, open, transfers, lost }) =>
      row(
        mode,
        formatNumber(perSecond),
        formatFigure(p50Ms, 'ms'),
        formatFigure(p99Ms, 'ms'),
        ...[failed, open, transfers, lost].map(String),
      ),
    ),
    `in ${formatDuration(elapsedMs)}, lost by cause:`,
    ...styles.flatMap(({ mode, lostBy }) =>
      Object.entries(lostBy).map(([cause, count]) => `  ${mode}: ${cause} ${count}`),
    ),
  ];
}

/** The live view as one line, for where the terminal cannot be redrawn. */
export function renderLiveLine({ elapsedMs, styles, audit }: LiveSnapshot): string {
  const reported = styles.map(
    ({ mode, perSecond, p50Ms, p99Ms, failed, open, lost, sentHeader, sentBody }) =>
      `${styles.length > 2 ? mode : modes[mode].style} ${formatNumber(perSecond)}/s p50 ${formatFigure(p50Ms, 'ms')} p99 ${formatFigure(p99Ms, 'ms')} ` +
      `failed ${failed} inside ${open} lost ${lost} sent ${sizes(sentHeader, sentBody)}`,
  );
  return `${formatDuration(elapsedMs)} | ${reported.join(' | ')} | ${auditSentence(audit)}`;
}

function sizes(header: number | null, body: number | null): string {
  return `${formatFigure(header, 'bytes')} + ${formatFigure(body, 'bytes')}`;
}

function causes(styles: readonly StyleSnapshot[]): string[] {
  return [...new Set(styles.flatMap(({ lostBy }) => Object.keys(lostBy)))].toSorted();
}

function auditSentence(audit: AuditSummary): string {
  if (audit === undefined) return 'not audited yet';
  const at = audit.at.toTimeString().slice(0, 8);
  if ('failed' in audit) return `no audit at ${at}: ${audit.failed}`;
  const { clean, accounts, transfers, breach } = audit.report;
  return clean ? `${transfers} transfers in ${accounts} accounts, audit clean at ${at}` : `BREACH at ${at}: ${breach}`;
}
