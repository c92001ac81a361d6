/** Counts by name, as of the requests that each pod answered, second by second; the oldest go when there are too many. */
export class Timeline {
  readonly #names = new Map<string, Map<number, number>>();

  constructor(private readonly keptSeconds = 600) {}

  /** One more; `nowMs` from the start of the run. */
  add(name: string, nowMs: number): void {
    this.set(name, nowMs, (this.at(name, Math.floor(nowMs / 1_000)) ?? 0) + 1);
  }

  set(name: string, nowMs: number, count: number): void {
    let seconds = this.#names.get(name);
    if (seconds === undefined) this.#names.set(name, (seconds = new Map()));
    seconds.set(Math.floor(nowMs / 1_000), count);
    if (seconds.size <= this.keptSeconds) return;
    const oldest = seconds.keys().next().value;
    if (oldest !== undefined) seconds.delete(oldest);
  }

  at(name: string, second: number): number | undefined {
    return this.#names.get(name)?.get(second);
  }

  names(): string[] {
    return [...this.#names.keys()].toSorted();
  }

  /** In each second of `from` up to, not with, `to`. */
  series(name: string, from: number, to: number): number[] {
    return Array.from({ length: Math.max(0, to - from) }, (_, index) => this.at(name, from + index) ?? 0);
  }
}
