const everyMs = 10;
/** A start this late counts as late, too. */
const stallMs = 50;

/** What a process did in the time that counted, all in milliseconds. */
export interface LoopReading {
  readonly watchedMs: number;
  /** In which the event loop stood still for so long that it shows in a latency. */
  readonly stalledMs: number;
  /** In which the event loop had something to do. */
  readonly busyMs: number;
  /** CPU time of the whole process. */
  readonly cpuMs: number;
}

/**
 * Adds up what the event loop did, moment by moment, so that moments can be left out. Not by `monitorEventLoopDelay`: of
 * its histogram nobody can tell a sum, and one stall of a second is one value among many.
 */
export class LoopWatch {
  #sum = { watchedMs: 0, stalledMs: 0, busyMs: 0, cpuMs: 0 };
  #last = readNow();
  readonly #timer = setInterval(() => this.#tick(), everyMs).unref();

  /** @param counts whether what is measured from that `performance.now()` time on is to be added */
  constructor(private readonly counts: (at: number) => boolean) {}

  /** Stops, and gives the sums. */
  end(): LoopReading {
    clearInterval(this.#timer);
    this.#tick();
    return this.#sum;
  }

  #tick(): void {
    const [before, now] = [this.#last, readNow()];
    this.#last = now;
    if (!this.counts(before.at)) return;
    const ms = now.at - before.at;
    this.#sum.watchedMs += ms;
    this.#sum.busyMs += now.busyMs - before.busyMs;
    this.#sum.cpuMs += now.cpuMs - before.cpuMs;
    if (ms - everyMs > stallMs) this.#sum.stalledMs += ms - everyMs;
  }
}

function readNow(): { at: number; busyMs: number; cpuMs: number } {
  const { user, system } = process.cpuUsage();
  return {
    at: performance.now(),
    busyMs: performance.eventLoopUtilization().active,
    cpuMs: (user + system) / 1_000,
  };
}
