import type { LiveSnapshot } from '../report/live.js';
import { renderLive, renderLiveLine } from '../report/live-view.js';
import { Drawing } from './drawing.js';
import type { Screen } from './progress.js';

const redrawMs = 1_000;
const plainLineMs = 5_000;

/** Draws the live view: in place on a terminal, as a line now and then anywhere else. */
export class LiveScreen {
  readonly everyMs: number;
  /** What stands above it on a terminal. */
  heading: readonly string[] = [];
  readonly #drawing: Drawing;
  #closed = false;

  constructor(private readonly screen: Screen) {
    this.#drawing = new Drawing(screen);
    this.everyMs = screen.isTTY ? redrawMs : plainLineMs;
  }

  show(snapshot: LiveSnapshot): void {
    if (this.#closed) return;
    if (!this.screen.isTTY) {
      this.screen.write(`${renderLiveLine(snapshot)}\n`);
      return;
    }
    this.#drawing.draw([...this.heading, ...renderLive(snapshot)]);
  }

  /** Says a sentence that stays. */
  say(sentence: string): void {
    this.#drawing.say(sentence);
  }

  /** Draws no more, and says a last sentence. */
  close(sentence: string): void {
    this.#closed = true;
    this.screen.write(`${sentence}\n`);
  }
}
