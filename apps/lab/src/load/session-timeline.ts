/** Sessions that were open, and those that were lost, second by second; the oldest seconds go when there are too many. */
export class SessionTimeline {
  readonly #open = new Map<number, number>();
  readonly #lost = new Map<string, Map<number, number>>();

  constructor(private readonly keptSeconds = 600) {}

  /** So many are open now; `nowMs` from the start of the run. */
  counted(open: number, nowMs: number): void {
    this.#put(this.#open, Math.floor(nowMs / 1_000), open);
  }

  lost(cause: string, nowMs: number): void {
    let seconds = this.#lost.get(cause);
    if (seconds === undefined) this.#lost.set(cause, (seconds = new Map()));
    const second = Math.floor(nowMs / 1_000);
    this.#put(seconds, second, (seconds.get(second) ?? 0) + 1);
  }

  causes(): string[] {
    return [...this.#lost.keys()].toSorted();
  }

  /** How many were open at the end of each second up to, not with, `to`. */
  openSeries(to: number): number[] {
    let open = 0;
    return Array.from({ length: to }, (_, second) => (open = this.#open.get(second) ?? open));
  }

  /** How many had been lost to a cause by the end of each second up to, not with, `to`. */
  lostSeries(cause: string, to: number): number[] {
    let lost = 0;
    return Array.from({ length: to }, (_, second) => (lost += this.#lost.get(cause)?.get(second) ?? 0));
  }

  #put(seconds: Map<number, number>, second: number, value: number): void {
    seconds.set(second, value);
    if (seconds.size <= this.keptSeconds) return;
    const oldest = seconds.keys().next().value;
    if (oldest !== undefined) seconds.delete(oldest);
  }
}
