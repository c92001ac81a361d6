import { formatFigure } from './format.js';
import { howSure, lossInWords, moneyIn, type Scorecard, type Section } from './scorecard.js';
import { measuredModes } from './terminal.js';

/** The scorecard as a Markdown page. */
export function renderMarkdown(scorecard: Scorecard): string {
  const { settings, machine, versions, startedAt, sections } = scorecard;
  const judged = sections.flatMap(({ name, rounds, claims }) => claims.map((claim) => ({ name, rounds, ...claim })));
  return [
    '# Scorecard',
    '',
    `${startedAt}, Tellers ${versions.tellers}, Node ${versions.node}, ${settings.platform}: ${machine.cores} cores ` +
      `(${machine.cpu}), ${machine.system}. Seed ${settings.seed}, ${settings.customers} customers, ` +
      `${settings.seconds} s a measurement.`,
    ...(judged.length === 0
      ? []
      : [
          '',
          ...table(
            ['#', 'The lesson says', 'Experiment', 'Verdict', 'How sure', 'Because'],
            judged.map(({ number, sentence, name, rounds, verdict }) => [
              `${number}`,
              sentence,
              name,
              `**${verdict.ruling}**`,
              howSure(verdict, rounds),
              verdict.because,
            ]),
          ),
        ]),
    ...sections.flatMap((section) => ['', ...sectionLines(section)]),
    '',
  ].join('\n');
}

function sectionLines(section: Section): string[] {
  const { name, kinds, figures, losses, notes, how, fault } = section;
  const modes = measuredModes(figures);
  const rows = Object.entries(kinds).map(([key, { label, unit }]) => [
    label,
    ...modes.map((mode) => formatFigure(figures[mode]?.[key]?.value, unit)),
  ]);
  return [
    `## ${name}`,
    ...(fault === undefined ? [] : ['', `**Did not come to an end:** ${escape(fault)}`]),
    ...(modes.length === 0 ? [] : ['', ...table(['', ...modes], rows)]),
    ...(losses.length === 0 ? [] : ['', 'Losses:', '', ...losses.map((row) => `- ${lossInWords(row)}`)]),
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
