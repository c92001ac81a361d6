import { markup, type Markup } from '../markup.js';
import type { Scorecard, Section } from '../scorecard.js';
import { runnerIn } from '../summary.js';
import { causeInWords, lossCauses } from '../../losses/loss-causes.js';

/** Lost sessions and failed requests by cause, in each mode. */
export function lossTable(
  { name, losses, figures }: Section,
  scorecard: Pick<Scorecard, 'examined'>,
): Markup | undefined {
  const inWords = (cause: string): string => causeInWords(cause, runnerIn(scorecard));
  const modes = Object.keys(figures);
  if (modes.length === 0) return undefined;
  const heading = markup`<h3>What was lost, by cause</h3>`;
  if (losses.length === 0)
    return markup`${heading}
      <p>No session was lost and no request failed.</p>`;
  const causes = lossCauses.filter((cause) => losses.some((row) => row.cause === cause));
  const cell = (cause: string, mode: string): string => {
    const row = losses.find((one) => one.cause === cause && one.mode === mode);
    return row === undefined ? '–' : `${row.sessions} / ${row.requests}`;
  };
  return markup`${heading}
    <div class="wide" tabindex="0" role="region" aria-label="Losses of ${name}">
      <table class="figures">
        <caption>
          Sessions lost / requests failed, over all rounds. Each is booked under one cause.
        </caption>
        <thead>
          <tr>
            <th scope="col">Cause</th>
            ${modes.map((mode) => markup`<th scope="col" class="number">${mode}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${causes.map(
            (cause) =>
              markup`<tr>
                <th scope="row">${inWords(cause)}</th>
                ${modes.map((mode) => markup`<td class="number">${cell(cause, mode)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${losses.flatMap(({ example, cause }) =>
      example === undefined ? [] : [markup`<p class="alarm"><strong>${inWords(cause)}:</strong> ${example}</p>`],
    )}`;
}
