import { markup, type Markup } from '../markup.js';
import type { Plot } from '../plot.js';
import { axisScale, ticksIn, tickText, unitFor, type AxisScale } from './axis.js';
import { drawSeries } from './draw-series.js';
import { label, round } from './label.js';
import { looksOf } from './looks.js';

/** Small enough for its letters to be read on a phone, where it is shown as wide as the page. */
const box = { width: 420, height: 270, left: 44, right: 410, top: 32, bottom: 232 };
/** Keeps points off the frame. */
const inset = 7;

/** A plot as SVG that is told to those who do not see it; ids in it begin with `id`. `order` is that of all modes. */
export function drawPlot(plot: Plot, id: string, order: readonly string[]): Markup {
  const points = plot.series.flatMap((series) => series.points);
  const xs = [...points.map(([x]) => x), ...(plot.marks ?? []).map(({ x }) => x)];
  const ys = points.flatMap(([, y]) => (y === null ? [] : [y]));
  const x = axisScale(xs, plot.x.scale, [box.left + inset, box.right - inset], false);
  const y = axisScale(ys, plot.y.scale, [box.bottom, box.top + 2], true);
  const looks = looksOf(plot.series, order);
  return markup`<svg viewBox="0 0 ${box.width} ${box.height}" role="img" aria-labelledby="${id}-title ${id}-about">
    <title id="${id}-title">${plot.title}</title>
    <desc id="${id}-about">${plot.about}</desc>
    <g class="axis">${axisUp(plot.y, y)}${axisAcross(plot.x, x)}</g>
    ${plot.series.map((series, index) => drawSeries(series, looks[index]!, x, y))}
    ${marks(plot, x)}
  </svg>`;
}

function axisUp(axis: Plot['y'], y: AxisScale): Markup[] {
  const { over, suffix } = unitFor(axis.unit, Math.max(...ticksIn(axis.unit, y).map(Math.abs), 0));
  return [
    label([2, 9], named(axis.label, suffix)),
    ...ticksIn(axis.unit, y).map((tick) => {
      const at = round(y.place(tick));
      const number = label([box.left - 5, at], tickText(tick / over), 'end');
      return markup`<path class="grid" d="M${box.left} ${at}H${box.right}" />${number}`;
    }),
  ];
}

function axisAcross(axis: Plot['x'], x: AxisScale): Markup[] {
  const { over, suffix } = unitFor(axis.unit, Math.max(...ticksIn(axis.unit, x).map(Math.abs), 0));
  return [
    markup`<path d="M${box.left} ${box.bottom}H${box.right}" />`,
    label([box.right, box.bottom + 29], named(axis.label, suffix), 'end'),
    ...ticksIn(axis.unit, x).map((tick) => {
      const at = round(x.place(tick));
      return markup`<path d="M${at} ${box.bottom}v5" />${label([at, box.bottom + 13], tickText(tick / over), 'middle')}`;
    }),
  ];
}

function named(text: string, suffix: string | undefined): string {
  return suffix === undefined ? text : `${text} (${suffix})`;
}

/** A numbered line for each thing that happened; what it was stands below the plot. Close ones stand one above another. */
function marks({ marks: found = [] }: Plot, x: AxisScale): Markup[] {
  let last = -Infinity;
  let step = 0;
  return found
    .filter((mark) => x.takes(mark.x))
    .map((mark, index) => {
      const at = round(x.place(mark.x));
      step = at - last < 15 ? (step + 1) % 4 : 0;
      last = at;
      const top = box.top - 6 + step * 15;
      const number = label([at, top], index + 1, 'middle', '0.36em');
      return markup`<g class="mark"><path d="M${at} ${box.bottom}V${top}" /><circle cx="${at}" cy="${top}" r="7" />${number}</g>`;
    });
}
