import { pause } from '../dashboard/pause.js';
import { renderNow, renderNowLines } from '../dashboard/terminal-view.js';
import { timeOfDay } from '../page/formatted.js';
import type { BankSnapshot } from '../protocol/snapshots.js';
import { Drawing } from './drawing.js';
import type { Screen } from './progress.js';

const redrawMs = 1_000;
const plainLinesEveryMs = 5_000;

/** Draws how a bank is; where it is no terminal, writes what happens, and now and then a line for what has changed. */
export class LiveView {
  /** What stands above it on a terminal. */
  heading: readonly string[] = [];
  #drawing: Drawing;
  #happened = 0;
  #lines: readonly string[] = [];
  #linesDueAt = 0;
  #closed = false;

  constructor(private readonly screen: Screen) {
    this.#drawing = new Drawing(screen);
  }

  /** Says a sentence that stays. */
  say(sentence: string): void {
    this.#drawing.say(sentence);
  }

  /** The same with its time. */
  note(sentence: string, at = Date.now()): void {
    this.say(`${timeOfDay(at)} ${sentence}`);
  }

  /** Shows what it reads, each second, until the signal is aborted. */
  async run(signal: AbortSignal, read: () => BankSnapshot | undefined | Promise<BankSnapshot>): Promise<void> {
    while (!signal.aborted) {
      const now = await read();
      if (now !== undefined) this.show(now);
      await pause(redrawMs, signal);
    }
  }

  show(now: BankSnapshot): void {
    if (this.#closed) return;
    const { isTTY, rows = Infinity } = this.screen;
    if (isTTY) this.#drawing.draw([...this.heading, ...renderNow(now, rows - 1 - this.heading.length)]);
    else this.#writeNew(now);
  }

  /** Draws no more; what it says from now on is below the last drawing. */
  close(sentence: string): void {
    this.#closed = true;
    this.#drawing = new Drawing(this.screen);
    this.say(sentence);
  }

  #writeNew(now: BankSnapshot): void {
    for (const { id, at, sentence } of now.events) if (id > this.#happened) this.note(sentence, at);
    this.#happened = now.events.at(-1)?.id ?? 0;
    if (performance.now() < this.#linesDueAt) return;
    this.#linesDueAt = performance.now() + plainLinesEveryMs;
    const lines = [...(now.fault === null ? [] : [now.fault]), ...renderNowLines(now)];
    for (const line of lines.filter((one) => !this.#lines.includes(one))) this.note(line, now.at);
    this.#lines = lines;
  }
}
