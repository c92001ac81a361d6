import { drawEstimates } from '../draw/draw-estimates.js';
import { markup, type Markup } from '../markup.js';
import { inOrder, type Plot } from '../plot.js';
import { modeOrder, type JudgedClaim, type Scorecard, type Section } from '../scorecard.js';
import { decidingFigures, moneySaid } from '../summary.js';
import { agreement, figureCell, ruling } from './cells.js';
import { folded } from './folded.js';
import { lossTable } from './loss-table.js';
import { plotData, plotFigure } from './plots.js';

/** One experiment: what it judged, what it saw, what was lost, and how it was measured. */
export function experimentSection(
  section: Section,
  scorecard: Pick<Scorecard, 'modes' | 'settings' | 'examined'>,
): Markup {
  const order = modeOrder(scorecard);
  const money = moneySaid(section, scorecard);
  const { name, summary, claims, notes, how, fault, seconds, rounds } = section;
  const plots = inOrder(section.plots, order);
  return folded(
    name,
    markup`${claims.map(({ verdict }) => ruling(verdict, scorecard))} ${summary === undefined ? undefined : markup`<span class="soft">${sentence(summary)}</span>`}`,
    markup`    ${fault === undefined ? undefined : markup`<p class="alarm" role="note"><strong>Did not come to an end:</strong> ${fault}</p>`}
    ${claims.map((claim) => claimBox(claim, rounds, scorecard))} ${plotFigures(section, plots, order)} ${plotData(plots)} ${figureTable(section)} ${lossTable(section, scorecard)}
    ${
      notes.length === 0
        ? undefined
        : markup`<h3>Notes</h3>
            <ul>
              ${notes.map((note) => markup`<li>${note}</li>`)}
            </ul>`
    }
    ${
      money &&
      markup`<h3>Money</h3>
            <p>${sentence(money)}</p>`
    }
    <h3>How it was measured</h3>
    <p>${how}</p>
    <p class="soft small">${rounds === 1 ? 'One round' : `${rounds} rounds`}, ${seconds.toFixed(0)} s in all.</p>`,
  );
}

function claimBox(
  { number, sentence: said, verdict }: JudgedClaim,
  rounds: number,
  scorecard: Pick<Scorecard, 'settings'>,
): Markup {
  return markup`<div class="claim">
    <p><strong>Claim ${number}.</strong> ${said}</p>
    <p>${ruling(verdict, scorecard)} ${agreement(verdict, rounds, scorecard)}</p>
    <p>${sentence(verdict.because)}</p>
  </div>`;
}

function figureTable({ name, kinds, figures, rounds }: Section): Markup | undefined {
  const modes = Object.keys(figures);
  if (modes.length === 0) return undefined;
  return markup`<h3>Figures</h3>
    <div class="wide" tabindex="0" role="region" aria-label="Figures of ${name}">
      <table class="figures">
        <caption>
          ${rounds > 1 ? 'Below each figure its 95 % interval over the rounds, where it has any width.' : 'From one round: no interval.'}
        </caption>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            ${modes.map((mode) => markup`<th scope="col" class="number">${mode}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${Object.entries(kinds).map(
            ([key, kind]) =>
              markup`<tr>
                <th scope="row">${kind.label}</th>
                ${modes.map((mode) => figureCell(figures[mode]?.[key], kind, mode))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function plotFigures(section: Section, plots: readonly Plot[], order: readonly string[]): Markup[] {
  const drawn = plots.map((plot, index) => plotFigure(plot, `${section.name}-${index}`, order));
  return [estimatePlots(section, order), drawn].map((figures, index) =>
    figures.length === 0 ? markup`` : markup`<div class="plots${index === 0 ? ' low' : ''}">${figures}</div>`,
  );
}

/** The figures that decided, each mode beside the others. */
function estimatePlots(section: Section, order: readonly string[]): Markup[] {
  const { name, kinds, figures, claims } = section;
  const keys = [...new Set(claims.flatMap((claim) => decidingFigures(section, claim)))];
  return keys.flatMap((key) => {
    const kind = kinds[key];
    const estimates = Object.keys(figures).flatMap((mode) => {
      const estimate = figures[mode]?.[key];
      return estimate === undefined ? [] : [[mode, estimate] as const];
    });
    // Where all modes are alike there is nothing to see.
    if (kind === undefined || new Set(estimates.map(([, { value }]) => value)).size < 2) return [];
    return [
      markup`<figure>
        <figcaption>${sentence(kind.label, '')}</figcaption>
        ${drawEstimates(kind, estimates, `${name}-${key}`, order)}
      </figure>`,
    ];
  });
}

/** A phrase that begins as a sentence does. */
function sentence(text: string, end?: ''): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return end === '' || /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
