import type { Screen } from './progress.js';

/** Lines that are drawn over and over at the same place of a terminal. */
export class Drawing {
  #lines = 0;

  constructor(private readonly screen: Screen) {}

  /** Draws over the last drawing; what the terminal has no room for is left out, as no one could draw over it. */
  draw(lines: readonly string[]): void {
    const { columns = 80, rows = 1_000 } = this.screen;
    const fitting = lines.slice(0, rows - 1).map((line) => line.slice(0, columns - 1));
    // Each line anew, and nothing of a longer drawing left below.
    this.screen.write(`${this.#up}${fitting.map((line) => `\u001B[2K${line}\n`).join('')}\u001B[J`);
    this.#lines = fitting.length;
  }

  /** Writes a sentence where the drawing began; the next one is drawn below it. */
  say(sentence: string): void {
    this.screen.write(`${this.#up && `${this.#up}\u001B[J`}${sentence}\n`);
    this.#lines = 0;
  }

  /** To the first line of the last drawing. */
  get #up(): string {
    return this.#lines === 0 ? '' : `\u001B[${this.#lines}A`;
  }
}
