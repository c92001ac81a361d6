import { markup, type Markup } from '../markup.js';
import type { Examined } from '../scorecard.js';
import { needsInWords } from '../markdown-examined.js';
import { label, round } from './label.js';

const box = { width: 640, text: 24 };
const rowHeight = 24;
/** Wider than all but a few letters. */
const letterWidth = 7;
/** Further names are cut. */
const maxName = 58;

/** The requests of a journey, one below the other, with an arc from each to those that it needs. */
export function journeyDrawing(journey: Examined['journey']): Markup {
  const height = rowHeight * journey.length + 8;
  const arcsAt = box.text + letterWidth * Math.max(...journey.map(({ name }) => cut(name).length)) + 16;
  return markup`<figure class="journey">
    <svg viewBox="0 0 ${box.width} ${height}" role="img" aria-labelledby="journey-title journey-about">
      <title id="journey-title">The journey, and what needs what</title>
      <desc id="journey-about">${needsInWords(journey).join('; ')}.</desc>
      ${journey.map(({ name }, index) => label([box.text, middleOf(index)], cut(name)))}
      <g class="c1">${journey.flatMap(({ needs }, later) => needs.map((earlier) => arc([earlier, later], journey.length, arcsAt)))}</g>
    </svg>
    <figcaption class="small soft">
      ${
        journey.some(({ needs }) => needs.length > 0)
          ? 'An arc from a request to each earlier one without which its reply is another; the dot is at the one that needs it.'
          : 'No request was found to need an earlier one.'
      }
    </figcaption>
  </figure>`;
}

/** The further apart, the wider. */
function arc([earlier, later]: readonly [number, number], count: number, x: number): Markup {
  const [from, to] = [middleOf(later), middleOf(earlier)];
  const out = round(x + 30 + ((later - earlier) / count) * 160);
  return markup`<path class="line" d="M${x} ${from}C${out} ${from} ${out} ${to} ${x} ${to}" />
    <circle class="dot" cx="${x}" cy="${from}" r="4" />`;
}

const middleOf = (index: number): number => rowHeight * (index + 0.5) + 4;

const cut = (name: string): string => (name.length > maxName ? `${name.slice(0, maxName - 1)}…` : name);
