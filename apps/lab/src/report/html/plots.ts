import { unitFor } from '../draw/axis.js';
import { drawPlot } from '../draw/draw-plot.js';
import { legend } from '../draw/legend.js';
import { figureText, formatNumber } from '../format.js';
import { markup, type Markup } from '../markup.js';
import type { Axis, Plot } from '../plot.js';

/** A plot with its legend, and what happened in it. */
export function plotFigure(plot: Plot, id: string, order: readonly string[]): Markup {
  const { title, about, series, marks = [] } = plot;
  return markup`<figure>
    <figcaption>${title}</figcaption>
    <p>${about}</p>
    ${series.length > 1 ? legend(plot, order) : undefined} ${drawPlot(plot, id, order)}
    ${
      marks.length === 0
        ? undefined
        : markup`<ol class="marks">
            ${marks.map(({ x, label }, index) => markup`<li><b>${index + 1}</b> ${figureText(x, plot.x.unit)}: ${label}</li>`)}
          </ol>`
    }
  </figure>`;
}

/** More rows than this are thinned out: who needs them all has the JSON. */
const maxRows = 60;
/** Half of a printed page has room for so many columns. */
const mostInHalf = 6;

/** The data of plots as tables, folded until asked for. */
export function plotData(plots: readonly Plot[]): Markup | undefined {
  if (plots.length === 0) return undefined;
  return markup`<details class="tables">
    <summary>The data of ${plots.length === 1 ? 'this plot as a table' : 'these plots as tables'}</summary>
    <div class="data">${plots.map(dataTable)}</div>
  </details>`;
}

function dataTable({ title, x, y, series }: Plot): Markup {
  const points = series.flatMap((one) => one.points);
  const xs = [...new Set(points.map(([at]) => at))].toSorted((one, other) => one - other);
  const every = Math.ceil(xs.length / maxRows);
  const displayed = xs.filter((_, index) => index % every === 0);
  const across = column(x, xs);
  const up = column(
    y,
    points.flatMap(([, value]) => value ?? []),
  );
  const columns = series.map((one) => new Map(one.points));
  return markup`<div class="${series.length < mostInHalf ? 'wide' : 'wide many'}" tabindex="0" role="region" aria-label="Data: ${title}">
    <table>
      <caption>
        ${title}: ${up.name}${every === 1 ? '' : `; one row in ${every}, all are in scorecard.json`}
      </caption>
      <thead>
        <tr>
          <th scope="col">${across.name}</th>
          ${series.map(({ name }) => markup`<th scope="col" class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${displayed.map(
          (at) =>
            markup`<tr>
              <th scope="row">${across.write(at)}</th>
              ${columns.map((values) => markup`<td class="number">${values.has(at) ? up.write(values.get(at)) : ''}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** What stands over numbers of an axis, with the unit that all are written in. */
function column({ label, unit }: Axis, values: readonly number[]) {
  const { over, suffix } = unitFor(unit, Math.max(0, ...values.map(Math.abs)));
  return {
    name: suffix === undefined ? label : `${label} (${suffix})`,
    write: (value: number | null | undefined): string =>
      value === null || value === undefined ? '-' : formatNumber(value / over),
  };
}
