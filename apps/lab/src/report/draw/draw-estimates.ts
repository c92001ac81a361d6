import { estimateText } from '../format.js';
import { markup, type Markup } from '../markup.js';
import type { Section } from '../scorecard.js';
import { axisScale, ticksIn, tickText, unitFor, type AxisScale } from './axis.js';
import { dotAt, markerOf } from './draw-series.js';
import { label, round } from './label.js';
import { lookOf, type Look } from './looks.js';
import type { Estimate } from '../../statistics/figures.js';

type EstimateKind = Section['kinds'][string];

const box = { width: 340, left: 76, right: 256, top: 6 };
const rowHeight = 24;
const markerArea = 44;
/** Times the least, from which on the least would be lost beside the most. */
const wide = 50;

/** A figure of each mode as a dot, its interval as a line through it. */
export function drawEstimates(
  kind: EstimateKind,
  estimates: readonly (readonly [string, Estimate])[],
  id: string,
  order: readonly string[],
): Markup {
  const values = estimates.flatMap(([, { value, low, high }]) => [value, low, high].filter((one) => one !== null));
  const isWide = Math.min(...values) > 0 && Math.max(...values) > wide * Math.min(...values);
  const x = axisScale(values, isWide ? 'log' : 'linear', [box.left + 8, box.right - 8], true);
  const bottom = box.top + rowHeight * estimates.length;
  const about = estimates.map(([mode, { value }]) => `${mode} ${estimateText(value, kind)}`).join(', ');
  return markup`<svg viewBox="0 0 ${box.width} ${bottom + 36}" role="img" aria-labelledby="${id}-title ${id}-about">
    <title id="${id}-title">${kind.label}</title>
    <desc id="${id}-about">${about}.</desc>
    <g class="axis">${axis(x, kind, bottom, isWide)}</g>
    ${estimates.map(([mode, estimate], row) => {
      const y = box.top + rowHeight * (row + 0.5);
      return drawRow(mode, estimate, kind, lookOf(mode, order), x, y);
    })}
  </svg>`;
}

function axis(x: AxisScale, { unit }: EstimateKind, bottom: number, isWide: boolean): Markup[] {
  const { over, suffix } = unitFor(unit, Math.max(...ticksIn(unit, x).map(Math.abs), 0));
  const below = [suffix, isWide ? 'logarithmic' : undefined].filter((part) => part !== undefined).join(', ');
  return [
    markup`<path d="M${box.left} ${bottom}H${box.right}" />`,
    label([box.right, bottom + 27], below, 'end'),
    ...ticksIn(unit, x).map((tick) => {
      const at = round(x.place(tick));
      const number = label([at, bottom + 11], tickText(tick / over), 'middle');
      return markup`<path class="grid" d="M${at} ${box.top}V${bottom}" />${number}`;
    }),
  ];
}

function drawRow(mode: string, estimate: Estimate, kind: EstimateKind, look: Look, x: AxisScale, y: number): Markup {
  const { value, low, high } = estimate;
  const whisker =
    low === null || high === null || low === high ? undefined : whiskerAt(round(x.place(low)), round(x.place(high)), y);
  const dot = value === null ? undefined : dotAt([x.place(value), y], markerOf(look, markerArea));
  return markup`${label([box.left - 8, y], mode, 'end')}
    <g class="${look.colour}">${whisker}${dot}</g>
    ${label([box.right + 8, y], estimateText(value, kind))}`;
}

/** A line with a stop at each end, which shows beside the dot however short the line is. */
function whiskerAt(from: number, to: number, y: number): Markup {
  return markup`<path class="line" d="M${from} ${y - 5}v10M${from} ${y}H${to}M${to} ${y - 5}v10" />`;
}
