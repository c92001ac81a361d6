import { formatCell, wrap } from './format.js';
import type { Scorecard, Section } from './scorecard.js';
import { faultsIn, judgedClaims, loadIn, lossInWords, moneySaid, sayVerdict, tally } from './summary.js';

/** Wide enough for five modes beside their labels, and no wider than any terminal. */
export const terminalWidth = 80;
const cellWidth = 9;

/** The scorecard as lines of text for a terminal of 80 columns. */
export function renderTerminal(scorecard: Scorecard): string[] {
  const { settings, machine, versions, startedAt } = scorecard;
  const from =
    `Seed ${settings.seed}${loadIn(scorecard)}, on ${settings.platform}: ` +
    `${machine.cores} cores, ${machine.system}, Node ${versions.node}, Tellers ${versions.tellers}, ${startedAt}.`;
  return [
    ...scorecard.sections.flatMap((section) => [...renderSection(section, scorecard), '']),
    ...renderSummary(scorecard),
    ...examinedInTerminal(scorecard),
    ...wrap(from, terminalWidth),
  ];
}

/** What the examination comes to, in plain words. */
function examinedInTerminal({ examined }: Scorecard): string[] {
  if (examined === undefined) return [];
  const { name, notes, paragraph } = examined;
  return [
    heading('what it comes to'),
    ...wrap(name, terminalWidth, '  '),
    ...wrap(paragraph, terminalWidth),
    ...notes.flatMap((note) => wrap(`Note: ${note}`, terminalWidth, '  ')),
    '',
  ];
}

/** Each claim in a line, where whoever ran it looks first: at the end. */
function renderSummary(scorecard: Scorecard): string[] {
  const judged = judgedClaims(scorecard);
  if (judged.length === 0) return [];
  const rows = judged.map(({ section: { name, rounds }, claim: { number, sentence, verdict } }) => ({
    number: `${number}`.padStart(2),
    ruling: sayVerdict(verdict, rounds, scorecard.settings).ruling.toUpperCase(),
    rest: `${sentence} (${name})`,
  }));
  const rulingWidth = Math.max(16, ...rows.map(({ ruling }) => ruling.length));
  return [
    heading('scorecard'),
    ...rows.flatMap(({ number, ruling, rest }) =>
      wrap(`${number}  ${ruling.padEnd(rulingWidth)}  ${rest}`, terminalWidth, ' '.repeat(6 + rulingWidth)),
    ),
    ...wrap(tally(scorecard), terminalWidth),
    ...faultsIn(scorecard).flatMap(([name, what]) =>
      wrap(`DO NOT TRUST THIS RUN: ${name}: ${what}`, terminalWidth, '  '),
    ),
    '',
  ];
}

/** One experiment: claims with their verdicts, the table of figures, money, and how it was measured. */
export function renderSection(section: Section, scorecard: Pick<Scorecard, 'examined' | 'settings'>): string[] {
  const { name, claims, rounds, losses, notes, how, fault } = section;
  const money = moneySaid(section, scorecard);
  const say = (text: string): string[] => wrap(text, terminalWidth, '  ');
  return [
    heading(name),
    ...claims.flatMap(({ number, sentence, verdict }) => {
      const said = sayVerdict(verdict, rounds, scorecard.settings);
      const sure = said.how === '' ? '' : ` (${said.how})`;
      return [
        ...say(`Claim ${number}: ${sentence}`),
        ...say(`  ${said.ruling.toUpperCase()}${sure}: ${verdict.because}`),
      ];
    }),
    ...(fault === undefined ? [] : say(`DID NOT COME TO AN END: ${fault}`)),
    ...renderTable(section),
    ...losses.flatMap((row) => say(`Losses: ${lossInWords(row, scorecard)}`)),
    ...(money === undefined ? [] : say(`Money: ${money}`)),
    ...notes.flatMap((note) => say(`Note: ${note}`)),
    ...say(`How: ${how}`),
  ];
}

/** A line across the terminal that begins a part. */
export function heading(name: string): string {
  return `== ${name} ${'='.repeat(terminalWidth - name.length - 4)}`;
}

function renderTable({ kinds, figures }: Section): string[] {
  const modes = Object.keys(figures);
  if (modes.length === 0) return [];
  const cell = (text: string): string => text.padStart(cellWidth + 1);
  const labelWidth = Math.max(...Object.values(kinds).map(({ label }) => label.length));
  const head = ''.padEnd(labelWidth) + modes.map(cell).join('');
  const rows = Object.entries(kinds).map(
    ([key, { label, unit }]) =>
      label.padEnd(labelWidth) + modes.map((mode) => cell(formatCell(figures[mode]?.[key]?.value, unit))).join(''),
  );
  return [head, ...rows];
}
