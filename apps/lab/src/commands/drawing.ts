import type { Screen } from './progress.js';

/** Lines that are drawn over and over at the same place of a terminal. */
export class Drawing {
  #lines = 0;

  constructor(private readonly screen: Screen) {}

  /** Draws over the last drawing; what the terminal has no room for is left out, as no one could draw over it. */
  draw(lines: readonly string[]): void {
    const { columns = 80, rows = 1_000 } = this.screen;
    const fitting = lines.slice(0, rows - 1).map((line) => line.slice(0, columns - 1));
    // Up to the first line of the last drawing, then each line anew, and nothing of a longer one left below.
    const up = this.#lines === 0 ? '' : `\u001B[${this.#lines}A`;
    this.screen.write(`${up}${fitting.map((line) => `\u001B[2K${line}\n`).join('')}\u001B[J`);
    this.#lines = fitting.length;
  }
}
