import { line, symbol } from 'd3-shape';
import { markup, type Markup } from '../markup.js';
import type { Plot } from '../plot.js';
import type { AxisScale } from './axis.js';
import { round } from './label.js';
import type { Look } from './looks.js';

type DrawnSeries = Plot['series'][number];
type Point = DrawnSeries['points'][number];

/** A line with more points than this has a marker at some of them only. */
const fewPoints = 12;
const markerArea = 34;

/** One series as its style says: a line with markers, points, or a plain line that is fitted or ideal. */
export function drawSeries({ style, points }: DrawnSeries, look: Look, x: AxisScale, y: AxisScale): Markup {
  const isDrawn = ([px, py]: Point): boolean => py !== null && x.takes(px) && y.takes(py);
  const path = line<Point>()
    .defined(isDrawn)
    .x(([px]) => x.place(px))
    .y(([, py]) => y.place(py ?? 0))
    .digits(1);
  const stroke = style !== 'points' && markup`<path class="line" d="${path(points) ?? ''}"${dashOf(style, look)} />`;
  const dots = style === 'line' || style === 'points' ? marked(points, style, isDrawn) : [];
  const marker = markerOf(look, markerArea);
  return markup`<g class="${style} ${style === 'ideal' ? '' : look.colour}">
    ${stroke || undefined}
    ${dots.map(([px, py]) => dotAt([x.place(px), y.place(py ?? 0)], marker))}
  </g>`;
}

/** The points that get a marker: all of few, else some; and one that no line leads to. */
function marked(points: readonly Point[], style: DrawnSeries['style'], isDrawn: (point: Point) => boolean): Point[] {
  const every = style === 'points' || points.length <= fewPoints ? 1 : Math.ceil(points.length / 6);
  const isMissing = (at: number): boolean => points[at] === undefined || !isDrawn(points[at]);
  return points.filter((point, at) => isDrawn(point) && (at % every === 0 || (isMissing(at - 1) && isMissing(at + 1))));
}

/** The dash of a series that has one, as an attribute. */
export function dashOf(style: DrawnSeries['style'], { dash }: Look): Markup | undefined {
  return style === 'line' && dash !== undefined ? markup` stroke-dasharray="${dash}"` : undefined;
}

/** The outline of a look's marker. */
export function markerOf(look: Look, area: number): string {
  return symbol(look.symbol, area).digits(1)() ?? '';
}

/** A marker at a place. */
export function dotAt([x, y]: readonly [number, number], marker: string): Markup {
  return markup`<path class="dot" transform="translate(${round(x)} ${round(y)})" d="${marker}" />`;
}
