import { drawPlot } from '../draw/draw-plot.js';
import { legend } from '../draw/legend.js';
import { figureText } from '../figure-text.js';
import { markup, type Markup } from '../markup.js';
import type { Plot } from '../plot.js';

/** More rows than this are thinned out: who needs them all has the JSON. */
const mostRows = 60;

/** A plot with its legend, what happened in it, and its data as a table. */
export function plotFigure(plot: Plot, id: string): Markup {
  const { title, about, series, marks = [] } = plot;
  return markup`<figure>
    <figcaption>${title}</figcaption>
    <p>${about}</p>
    ${series.length > 1 ? legend(plot) : undefined} ${drawPlot(plot, id)}
    ${
      marks.length === 0
        ? undefined
        : markup`<ol class="marks">
            ${marks.map(({ x, label }, index) => markup`<li><b>${index + 1}</b> ${figureText(x, plot.x.unit)}: ${label}</li>`)}
          </ol>`
    }
    ${dataTable(plot)}
  </figure>`;
}

function dataTable({ title, x, y, series }: Plot): Markup {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].toSorted(
    (one, other) => one - other,
  );
  const every = Math.ceil(xs.length / mostRows);
  const shown = xs.filter((_, index) => index % every === 0);
  const columns = series.map(({ points }) => new Map(points));
  return markup`<details>
    <summary>Data of this plot</summary>
    <div class="wide" tabindex="0" role="region" aria-label="Data: ${title}">
      <table>
        <caption>
          ${y.label}, by ${x.label}${every === 1 ? '' : `; one row in ${every}, all are in scorecard.json`}
        </caption>
        <thead>
          <tr>
            <th scope="col">${x.label}</th>
            ${series.map(({ name }) => markup`<th scope="col" class="number">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (at) =>
              markup`<tr>
                <th scope="row">${figureText(at, x.unit)}</th>
                ${columns.map(
                  (column) =>
                    markup`<td class="number">${column.has(at) ? figureText(column.get(at), y.unit) : ''}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
