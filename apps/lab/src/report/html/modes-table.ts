import { lookOfMode } from '../draw/looks.js';
import { swatch } from '../draw/legend.js';
import { markup, type Markup } from '../markup.js';
import { modes, type ModeName } from '../../modes.js';

const livesIn: Readonly<Record<ModeName, string>> = {
  stateless: 'in what the client sends; the server keeps nothing',
  sticky: 'in the memory of one pod, to which a cookie brings the client back',
  unpinned: 'in the memory of one pod, which the next request may miss',
  handoff: 'in the memory of one pod; a pod that stops writes it out, and another takes it over',
  shared: 'in Redis, where every pod finds it',
};

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
            <dd>${modes[mode].style}: a session lives ${livesIn[mode]}.</dd>`,
      )}
    </dl>`;
}
