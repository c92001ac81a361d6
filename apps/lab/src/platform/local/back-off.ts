const firstDelayMs = 10_000;
const longestDelayMs = 300_000;
const forgottenAfterMs = 600_000;

/**
 * How long a kubelet waits before it restarts a container: at once the first time, then 10 s, 20 s, 40 s, at most five
 * minutes; forgotten after ten minutes without trouble.
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
 */
export class BackOff {
  #failures = 0;

  /** Milliseconds to wait after a process that ran for `ranForMs`. */
  next(ranForMs: number): number {
    if (ranForMs >= forgottenAfterMs) this.#failures = 0;
    this.#failures += 1;
    return this.#failures === 1 ? 0 : Math.min(firstDelayMs * 2 ** (this.#failures - 2), longestDelayMs);
  }
}
