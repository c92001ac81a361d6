import { formatDuration } from '../report/format.js';

/** Where progress is shown, as `process.stderr`. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** What a run is at: one line that changes on a terminal, a line per sentence anywhere else. */
export class Progress {
  readonly #startedAt = performance.now();
  #displayed = false;

  constructor(private readonly screen: Screen) {}

  say(sentence: string): void {
    const line = `${formatDuration(performance.now() - this.#startedAt)} ${sentence}`;
    if (!this.screen.isTTY) {
      this.screen.write(`${line}\n`);
      return;
    }
    this.screen.write(`\r\u001B[2K${line.slice(0, (this.screen.columns ?? 80) - 1)}`);
    this.#displayed = true;
  }

  /** Says what is to stay on the screen. */
  report(sentence: string): void {
    this.done();
    this.screen.write(`${sentence}\n`);
  }

  /** Clears the changing line, so that other text can follow. */
  done(): void {
    if (this.#displayed) this.screen.write('\r\u001B[2K');
    this.#displayed = false;
  }
}
