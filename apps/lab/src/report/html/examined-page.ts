import { markup, type Markup } from '../markup.js';
import { journeyDrawing } from '../draw/draw-journey.js';
import type { Examined } from '../scorecard.js';

/** The first page of an examination: what it comes to in plain words, and what was sent. */
export function examinedPage({ name, paragraph, notes, journey }: Examined): Markup {
  return markup`<p class="top"><strong>${name}</strong></p>
    <p class="top">${paragraph}</p>
    ${
      notes.length === 0
        ? undefined
        : markup`<h2>To know before any figure is read</h2>
            <ul class="small">
              ${notes.map((note) => markup`<li>${note}</li>`)}
            </ul>`
    }
    <h2>The journey, and what needs what</h2>
    ${journeyDrawing(journey)}`;
}

/** How figures and verdicts of an examination come about. */
export const howItWasExamined = markup`<h3>How a figure comes about</h3>
  <p>
    Virtual users send the requests of the journey, each with a cookie jar of its own and the values that replies gave
    it, at no more than the rate that was asked for. Before anything is judged, the journey is walked twice at one
    replica and once at each other, with nothing to disturb it: what differs between those replies varies on its own, and
    is never called memory. Each question is asked in rounds: events are added up over them, of everything else the median
    is given, and the interval is the 95 % percentile bootstrap interval over the rounds (Efron and Tibshirani, 1993).
  </p>
  <h3>How a verdict comes about</h3>
  <p>
    A rule, written before the run, says <em>holds</em>, <em>does not hold</em> or <em>cannot tell here</em> from the
    figures alone. It is applied to the figures and to 1,000 resamples of the rounds. Where fewer than 95 % of the
    resamples are ruled the same, the verdict is <em>cannot tell here</em>. One round gives a verdict but nothing that says
    how sure it is.
  </p>`;
