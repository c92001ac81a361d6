import { lookOfMode } from '../draw/looks.js';
import { swatch } from '../draw/legend.js';
import { markup, type Markup } from '../markup.js';
import { modes, type ModeName } from '../../bank/modes.js';

/** What the modes are, and how each is drawn in every plot. */
export function modesTable(compared: readonly ModeName[]): Markup {
  return markup`<h2>The modes</h2>
    <p>
      The same bank, with the same customers in front of it, built in
      ${compared.length === 1 ? 'one way' : `${compared.length} ways`}.
    </p>
    <dl class="modes">
      ${compared.map(
        (mode) =>
          markup`<dt>${swatch(lookOfMode(mode), 'line')} <strong>${mode}</strong></dt>
            <dd>${modes[mode].style}: a session lives ${modes[mode].livesIn}.</dd>`,
      )}
    </dl>`;
}
