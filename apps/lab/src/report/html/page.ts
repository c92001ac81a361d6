import { createHash } from 'node:crypto';
import type { HeadlineAnswer } from '../headline-answer.js';
import { markup, Markup } from '../markup.js';
import { modeOrder, type Scorecard } from '../scorecard.js';
import { faultsIn, runLine, tally, titleOf } from '../summary.js';
import { answerPage } from './answer-page.js';
import { examinedPage } from './examined-page.js';
import { experimentSection } from './experiment-section.js';
import { lastPage } from './last-page.js';
import { scorecardTable } from './scorecard-table.js';
import { style } from './style.js';

/** Nothing but this style sheet, known by its hash: no script, no network. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/**
 * The scorecard as one page that needs nothing beside it.
 * @param answer what it says first of the bank
 */
export function renderHtml(scorecard: Scorecard, answer?: HeadlineAnswer): string {
  const { settings, sections, startedAt, examined } = scorecard;
  const order = modeOrder(scorecard);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Tellers: scorecard, ${examined?.name ?? settings.platform}, ${startedAt.slice(0, 10)}</title>
        <style>${new Markup(style)}</style>
      </head>
      <body>
        <main>
          <div id="answer">
            <h1>${titleOf(scorecard)}</h1>
            <p class="soft top small">
              ${runLine(scorecard)} <a href="#scorecard">Scorecard</a>, <a href="#method">method, machine and settings</a>
            </p>
            ${alarm(scorecard)} ${printChoice} ${answer && answerPage(answer, order)} ${examined && examinedPage(examined)}
          </div>
          <div class="rest">
            <section id="scorecard" aria-labelledby="scorecard-heading">
              <h2 id="scorecard-heading">Scorecard</h2>
              <p class="top"><strong>${tally(scorecard)}</strong></p>
              <div class="wide" tabindex="0" role="region" aria-label="Claims and verdicts">${scorecardTable(scorecard)}</div>
            </section>
            ${sections.map((section) => experimentSection(section, scorecard))} ${lastPage(scorecard)}
          </div>
        </main>
      </body>
    </html> `;
  return page.text;
}

/** Without a script: the style sheet looks at what is chosen. */
const printChoice = markup`<fieldset class="print-choice small">
  <legend>In print</legend>
  <label><input type="radio" name="print" id="print-summary" checked /> summary only, one page</label>
  <label><input type="radio" name="print" id="print-everything" /> everything</label>
</fieldset>`;

function alarm(scorecard: Scorecard): Markup | undefined {
  const faults = faultsIn(scorecard);
  if (faults.length === 0) return undefined;
  return markup`<div class="alarm" role="note">
    <strong>Do not trust this run.</strong>
    <ul>
      ${faults.map(([name, what]) => markup`<li><a href="#${name}">${name}</a>: ${what}</li>`)}
    </ul>
  </div>`;
}
