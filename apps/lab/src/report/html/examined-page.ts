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
