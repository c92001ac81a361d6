import { Timeline } from './timeline.js';

/** Sessions that were open, and those that were lost, second by second. */
export class SessionTimeline {
  readonly #open: Timeline;
  readonly #lost: Timeline;

  constructor(keptSeconds?: number) {
    [this.#open, this.#lost] = [new Timeline(keptSeconds), new Timeline(keptSeconds)];
  }

  /** So many are open now; `nowMs` from the start of the run. */
  counted(open: number, nowMs: number): void {
    this.#open.set('open', nowMs, open);
  }

  lost(cause: string, nowMs: number): void {
    this.#lost.add(cause, nowMs);
  }

  causes(): string[] {
    return this.#lost.names();
  }

  /** How many were open at the end of each second up to, not with, `to`. */
  openSeries(to: number): number[] {
    let open = 0;
    return Array.from({ length: to }, (_, second) => (open = this.#open.at('open', second) ?? open));
  }

  /** How many had been lost to a cause by the end of each second up to, not with, `to`. */
  lostSeries(cause: string, to: number): number[] {
    let lost = 0;
    return this.#lost.series(cause, 0, to).map((count) => (lost += count));
  }
}
