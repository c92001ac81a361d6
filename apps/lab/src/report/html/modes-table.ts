import { lookOf } from '../draw/looks.js';
import { swatch } from '../draw/legend.js';
import { markup, type Markup } from '../markup.js';
import { modeOrder, type Scorecard } from '../scorecard.js';

/** What the modes are, and how each is drawn in every plot. */
export function modesTable(scorecard: Pick<Scorecard, 'modes' | 'settings'>): Markup {
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
