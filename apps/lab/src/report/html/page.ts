import { createHash } from 'node:crypto';
import { swatch } from '../draw/legend.js';
import { lookOf } from '../draw/looks.js';
import { markup, Markup } from '../markup.js';
import { modeOrder, type Scorecard } from '../scorecard.js';
import { faultsIn, runLine, tally } from '../summary.js';
import { experimentSection } from './experiment-section.js';
import { lastPage } from './last-page.js';
import { scorecardTable } from './scorecard-table.js';
import { style } from './style.js';

/** Nothing but this style sheet, known by its hash: no script, no network. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The scorecard as one page that needs nothing beside it. */
export function renderHtml(scorecard: Scorecard): string {
  const { settings, sections, startedAt } = scorecard;
  const order = modeOrder(scorecard);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Tellers: scorecard, ${settings.platform}, ${startedAt.slice(0, 10)}</title>
        <style>${new Markup(style)}</style>
      </head>
      <body>
        <main>
          <h1>Should this service keep its clients’ state?</h1>
          <p class="soft top">${runLine(scorecard)} <a href="#method">Method, machine and settings</a></p>
          ${alarm(scorecard)}
          <p class="top"><strong>${tally(scorecard)}</strong></p>
          ${scorecardTable(scorecard)}
          <section class="flow">${modesTable(scorecard)}</section>
          ${sections.map((section) => experimentSection(section, order))} ${lastPage(scorecard)}
        </main>
      </body>
    </html> `;
  return page.text;
}

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

/** What the modes are, and how each is drawn in every plot. */
function modesTable(scorecard: Pick<Scorecard, 'modes' | 'settings'>): Markup {
  const compared = scorecard.settings.modes;
  const order = modeOrder(scorecard);
  return markup`<h2>The modes</h2>
    <p>
      The same bank, with the same customers in front of it, built in
      ${compared.length === 1 ? 'one way' : `${compared.length} ways`}.
    </p>
    <dl class="modes">
      ${compared.map(
        (mode) =>
          markup`<dt>${swatch(lookOf(mode, order), 'line')} <strong>${mode}</strong></dt>
            <dd>${scorecard.modes?.find(({ name }) => name === mode)?.about}</dd>`,
      )}
    </dl>`;
}
