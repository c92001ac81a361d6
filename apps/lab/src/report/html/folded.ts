import { markup, type Markup } from '../markup.js';

/** A section that is folded until asked for. A link to what is inside unfolds it, so the id is there. */
export function folded(id: string, aside: Markup, inside: Markup, title = id): Markup {
  return markup`<section aria-labelledby="${id}-heading">
    <details class="fold">
      <summary><h2 id="${id}-heading">${title}</h2> ${aside}</summary>
      <div id="${id}">${inside}</div>
    </details>
  </section>`;
}
