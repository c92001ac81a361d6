const periodMs = 100;

/**
 * When a process that may use a share of a core must be held, and when it goes on: in each period of 100 ms it runs until
 * it has used its quota, as under the kernel's CFS bandwidth control
 * (https://docs.kernel.org/scheduler/sched-bwc.html). What it used beyond is taken from the periods that follow; what it
 * did not use is gone.
 */
export class Share {
  readonly #quotaMs: number;
  #left: number;
  #held = false;

  constructor(
    millicores: number,
    private usedMs: number,
    private beganAt: number,
  ) {
    this.#quotaMs = (millicores / 1_000) * periodMs;
    this.#left = this.#quotaMs;
  }

  /** @param usedMs CPU time of the process so far */
  look(usedMs: number, now: number): 'stop' | 'go on' | undefined {
    this.#left -= usedMs - this.usedMs;
    this.usedMs = usedMs;
    while (now - this.beganAt >= periodMs) {
      this.beganAt += periodMs;
      this.#left = Math.min(this.#quotaMs, this.#left + this.#quotaMs);
    }
    const hold = this.#left <= 0;
    if (hold === this.#held) return undefined;
    this.#held = hold;
    return hold ? 'stop' : 'go on';
  }
}
