import { wrap } from './format.js';
import { cellText, type AnswerRow, type HeadlineAnswer } from './headline-answer.js';
import { heading, terminalWidth } from './terminal.js';

/** What a run answers, as lines for a terminal of 80 columns. */
export function renderAnswer({ modes, caution, inShort, groups, advised, untold }: HeadlineAnswer): string[] {
  const rows = groups.flatMap((group) => group.rows);
  const line = lineWriter(rows, modes.length);
  return [
    heading('answer'),
    ...(caution === undefined ? [] : [...wrap(caution, terminalWidth), '']),
    ...inShort.flatMap(({ about, sentence }) => [
      ...wrap(`${about.toUpperCase()}: ${sentence}`, terminalWidth, '  '),
      '',
    ]),
    ...groups.flatMap(({ title, rows: of }) => [
      ...line(
        title.toUpperCase(),
        modes.map(({ name }) => name),
      ),
      ...of.flatMap(({ label, cells }) => line(label, cells.map(cellText))),
      '',
    ]),
    ...advised.cautions.flatMap((text) => wrap(text, terminalWidth, '  ')),
    ...advised.cases.flatMap(({ name, load, mode, advice }) =>
      wrap(`${name} (${load}): ${(mode ?? 'no mode').toUpperCase()}. ${advice}`, terminalWidth, '  '),
    ),
    ...(advised.error === undefined ? [] : wrap(advised.error, terminalWidth, '  ')),
    ...(untold.length === 0 ? [] : ['', 'What could not be told here, and why:']),
    ...untold.flatMap((why, index) => wrap(`[${index + 1}] ${why}`, terminalWidth, '    ')),
  ];
}

/** Cells beside their label; below it in all rows, where those of one are too wide. */
function lineWriter(rows: readonly AnswerRow[], modes: number): (label: string, cells: readonly string[]) => string[] {
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  const cellWidth = Math.max(...rows.flatMap(({ cells }) => cells.map((cell) => cellText(cell).length)), 9) + 1;
  if (labelWidth + modes * cellWidth <= terminalWidth)
    return (label, cells) => [label.padEnd(labelWidth) + cells.map((text) => text.padStart(cellWidth)).join('')];
  const wide = Math.floor(terminalWidth / modes);
  return (label, cells) => [label, cells.map((text) => text.padStart(wide)).join('')];
}
