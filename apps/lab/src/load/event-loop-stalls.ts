const everyMs = 10;
/** A start this late counts as late, too. */
const stallMs = 50;

/**
 * Adds up the time in which the event loop stood still for so long that it shows in a latency. Not by
 * `monitorEventLoopDelay`: of its histogram nobody can tell a sum, and one stall of a second is one value among many.
 */
export class EventLoopStalls {
  #stalledMs = 0;
  #lastTick = performance.now();
  readonly #timer = setInterval(() => this.#tick(), everyMs).unref();

  /** Stops, and gives the milliseconds. */
  end(): number {
    clearInterval(this.#timer);
    this.#tick();
    return this.#stalledMs;
  }

  #tick(): void {
    const now = performance.now();
    const lateMs = now - this.#lastTick - everyMs;
    if (lateMs > stallMs) this.#stalledMs += lateMs;
    this.#lastTick = now;
  }
}
