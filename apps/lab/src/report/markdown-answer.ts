import { cellText, howToRead, type HeadlineAnswer } from './headline-answer.js';
import { escape, table } from './markdown-table.js';

/** What each mode costs and loses and how it scales, what is advised, and what could not be told. */
export function answerLines({ modes, caution, inShort, groups, advised, untold }: HeadlineAnswer): string[] {
  const names = modes.map(({ name }) => name);
  return [
    ...(caution === undefined ? [] : ['', `> **Take care:** ${escape(caution)}`]),
    ...inShort.flatMap(({ about, sentence }) => ['', `**${about}.** ${escape(sentence)}`]),
    '',
    ...modes.map(({ name, about }) => `- **${name}**, ${escape(about)}`),
    '',
    escape(howToRead),
    ...groups.flatMap(({ title, rows }) => [
      '',
      ...table(
        [title, ...names],
        rows.map(({ label, about, cells }) => [
          `**${label}**: ${about}`,
          ...cells.map((cell) => cellText(cell) + (cell.interval === undefined ? '' : ` (${cell.interval})`)),
        ]),
      ),
    ]),
    '',
    '**What is advised**',
    ...advised.cautions.flatMap((text) => ['', `> ${escape(text)}`]),
    ...(advised.cases.length === 0 ? [] : ['']),
    ...advised.cases.map(
      ({ name, load, mode, advice }) => `- ${name} (${load}): **${mode ?? 'no mode'}**. ${escape(advice)}`,
    ),
    ...(advised.error === undefined ? [] : ['', escape(advised.error)]),
    ...(untold.length === 0 ? [] : ['', '**What could not be told here, and why**', '']),
    ...untold.map((why, index) => `${index + 1}. ${escape(why)}`),
  ];
}
