import type { LiveSnapshot } from '../report/live.js';
import { renderLive, renderLiveLine } from '../report/live-view.js';
import type { Screen } from './progress.js';

const redrawMs = 1_000;
const plainLineMs = 5_000;

/** Draws the live view: in place on a terminal, as a line now and then anywhere else. */
export class LiveScreen {
  readonly everyMs: number;
  #lines = 0;
  #closed = false;

  constructor(private readonly screen: Screen) {
    this.everyMs = screen.isTTY ? redrawMs : plainLineMs;
  }

  show(snapshot: LiveSnapshot): void {
    if (this.#closed) return;
    if (!this.screen.isTTY) {
      this.screen.write(`${renderLiveLine(snapshot)}\n`);
      return;
    }
    const lines = renderLive(snapshot).map((line) => line.slice(0, (this.screen.columns ?? 80) - 1));
    // Up to the first line of the last drawing, then each line anew, and nothing of a longer one left below.
    const up = this.#lines === 0 ? '' : `\u001B[${this.#lines}A`;
    this.screen.write(`${up}${lines.map((line) => `\u001B[2K${line}\n`).join('')}\u001B[J`);
    this.#lines = lines.length;
  }

  /** Draws no more, and says a last sentence. */
  close(sentence: string): void {
    this.#closed = true;
    this.screen.write(`${sentence}\n`);
  }
}
