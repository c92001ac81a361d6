/** Requests that each pod answered, second by second; the oldest seconds go when there are too many. */
export class Timeline {
  readonly #pods = new Map<string, Map<number, number>>();

  constructor(private readonly keptSeconds = 600) {}

  /** `nowMs` from the start of the run. */
  add(pod: string, nowMs: number): void {
    const second = Math.floor(nowMs / 1_000);
    let seconds = this.#pods.get(pod);
    if (seconds === undefined) this.#pods.set(pod, (seconds = new Map()));
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
    if (seconds.size <= this.keptSeconds) return;
    const oldest = seconds.keys().next().value;
    if (oldest !== undefined) seconds.delete(oldest);
  }

  pods(): string[] {
    return [...this.#pods.keys()].toSorted();
  }

  /** Requests in each second of `from` up to, not with, `to`. */
  series(pod: string, from: number, to: number): number[] {
    const seconds = this.#pods.get(pod);
    return Array.from({ length: Math.max(0, to - from) }, (_, index) => seconds?.get(from + index) ?? 0);
  }
}
