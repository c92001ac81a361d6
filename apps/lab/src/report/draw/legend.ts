import { markup, type Markup } from '../markup.js';
import type { Plot } from '../plot.js';
import { dashOf, dotAt, markerOf } from './draw-series.js';
import { looksOf, type Look } from './looks.js';

const markerArea = 40;

/** What each line and marker of a plot stands for. */
export function legend({ series }: Pick<Plot, 'series'>, order: readonly string[]): Markup {
  const looks = looksOf(series, order);
  return markup`<ul class="legend">
    ${series.map(({ name, style }, index) => markup`<li>${swatch(looks[index]!, style)}${name}</li>`)}
  </ul>`;
}

/** A short stroke with its marker, for a legend or beside a name; says nothing to those who do not see it. */
export function swatch(look: Look, style: Plot['series'][number]['style']): Markup {
  const stroke = style === 'points' ? undefined : markup`<path class="line" d="M1 7H33"${dashOf(style, look)} />`;
  const marker = style === 'line' || style === 'points' ? dotAt([17, 7], markerOf(look, markerArea)) : undefined;
  return markup`<svg class="swatch" viewBox="0 0 34 14" aria-hidden="true">
    <g class="${style} ${style === 'ideal' ? '' : look.colour}">${stroke}${marker}</g>
  </svg>`;
}
