import { swatch } from '../draw/legend.js';
import { lookOf } from '../draw/looks.js';
import {
  howToRead,
  type AdvisedCases,
  type AnswerCell,
  type AnswerRow,
  type HeadlineAnswer,
} from '../headline-answer.js';
import { markup, type Markup } from '../markup.js';

/** The first page: each mode side by side, what is advised, and what could not be told. */
export function answerPage(
  { modes, caution, inShort, groups, advised, untold }: HeadlineAnswer,
  order: readonly string[],
): Markup {
  const names = modes.map(({ name }) => name);
  return markup`${caution && warning(caution)}
    <ul class="in-short">
      ${inShort.map(({ about, sentence }) => markup`<li><strong>${about}.</strong> ${sentence}</li>`)}
    </ul>
    <dl class="modes small">
      ${modes.map(
        ({ name, about }) =>
          markup`<dt>${swatch(lookOf(name, order), 'line')} <strong>${name}</strong></dt>
            <dd>${about}</dd>`,
      )}
    </dl>
    <p class="soft small top">${howToRead}</p>
    <table class="answer">
      <thead>
        <tr>
          <td></td>
          ${modes.map(({ name }) => markup`<th scope="col" class="number">${swatch(lookOf(name, order), 'line')} ${name}</th>`)}
        </tr>
      </thead>
      ${groups.map(
        ({ title, rows }) =>
          markup`<tbody>
            <tr class="group"><th scope="rowgroup" colspan="${names.length + 1}">${title}</th></tr>
            ${rows.map((row) => answerRow(row, names))}
          </tbody>`,
      )}
    </table>
    ${advice(advised)} ${reasons(untold)}`;
}

function answerRow({ label, about, experiment, cells }: AnswerRow, names: readonly string[]): Markup {
  const link = experiment === undefined ? label : markup`<a href="#${experiment}">${label}</a>`;
  return markup`<tr>
    <th scope="row">${link} <small>${about}</small></th>
    ${cells.map((cell, index) => answerCell(cell, names[index]!))}
  </tr>`;
}

function answerCell({ text, interval, why }: AnswerCell, mode: string): Markup {
  return markup`<td class="number" data-mode="${mode}">
    ${text}${why === undefined ? undefined : markup`<sup><a href="#untold-${why}" aria-label="why: ${why}">${why}</a></sup>`}
    ${interval && markup`<small>${interval}</small>`}
  </td>`;
}

const warning = (text: string): Markup => markup`<p class="warning" role="note">${text}</p>`;

function advice({ cautions, cases, error }: AdvisedCases): Markup {
  return markup`<h2>What is advised</h2>
    ${cautions.map(warning)}
    <dl class="advice small">
      ${cases.map(
        ({ name, load, mode, advice: text }) =>
          markup`<dt>${name}: <strong>${mode ?? 'no mode'}</strong></dt>
            <dd><span class="soft">${load}.</span> ${text}</dd>`,
      )}
    </dl>
    ${error && markup`<p class="small top">${error}</p>`}`;
}

function reasons(untold: readonly string[]): Markup | undefined {
  if (untold.length === 0) return undefined;
  return markup`<h2>What could not be told here, and why</h2>
    <ol class="small untold">
      ${untold.map((why, index) => markup`<li id="untold-${index + 1}">${why}</li>`)}
    </ol>`;
}
