import { drawPlot } from '../draw/draw-plot.js';
import { legend } from '../draw/legend.js';
import { figureText } from '../figure-text.js';
import { markup, type Markup } from '../markup.js';
import type { Plot } from '../plot.js';

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
