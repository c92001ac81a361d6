import { formatFigure } from './format.js';
import { moneyIn, type Scorecard, type Section } from './scorecard.js';
import { measuredModes } from './terminal.js';

/** The scorecard as a Markdown page. */
export function renderMarkdown(scorecard: Scorecard): string {
  const { settings, machine, versions, startedAt, sections } = scorecard;
  const judged = sections.flatMap(({ name, claims }) => claims.map((claim) => ({ name, ...claim })));
  return [
    '# Scorecard',
    '',
    `${startedAt}, Tellers ${versions.tellers}, Node ${versions.node}, ${settings.platform}: ${machine.cores} cores ` +
      `(${machine.cpu}), ${machine.system}. Seed ${settings.seed}, ${settings.customers} customers, ` +
      `${settings.seconds} s a mode.`,
    ...(judged.length === 0
      ? []
      : [
          '',
          ...table(
            ['#', 'The lesson says', 'Experiment', 'Verdict', 'Because'],
            judged.map(({ number, sentence, name, verdict }) => [
              `${number}`,
              sentence,
              name,
              `**${verdict.ruling}**`,
              verdict.because,
            ]),
          ),
        ]),
    ...sections.flatMap((section) => ['', ...sectionLines(section)]),
    '',
  ].join('\n');
}

function sectionLines(section: Section): string[] {
  const { name, kinds, figures, notes, how, fault } = section;
  const modes = measuredModes(figures);
  const rows = Object.entries(kinds).map(([key, { label, unit }]) => [
    label,
    ...modes.map((mode) => formatFigure(figures[mode]?.[key], unit)),
  ]);
  return [
    `## ${name}`,
    ...(fault === undefined ? [] : ['', `**Did not come to an end:** ${escape(fault)}`]),
    ...(modes.length === 0 ? [] : ['', ...table(['', ...modes], rows)]),
    '',
    `Money: ${moneyIn(section)}`,
    ...notes.flatMap((note) => ['', `Note: ${note}`]),
    '',
    `How: ${how}`,
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(escape).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)];
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
