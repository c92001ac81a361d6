import { markup, type Markup } from '../markup.js';

/** Letters at a place: they end, are centred, or start there; `middle` puts that place at half their height. */
export function label(
  [x, y]: readonly [number, number],
  text: string | number,
  anchor: 'start' | 'middle' | 'end' = 'start',
  middle = '0.35em',
): Markup {
  return markup`<text x="${round(x)}" y="${round(y)}" dy="${middle}" text-anchor="${anchor}">${text}</text>`;
}

/** A place on a drawing, to a tenth of its unit. */
export function round(place: number): number {
  return Number(place.toFixed(1));
}
