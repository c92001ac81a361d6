/**
 * The time at the start of a load in which caches fill and code is compiled: what was meant to be asked in it counts
 * for no latency, no bytes and no rate. What is lost in it is lost.
 */
export class WarmUp {
  #countsFrom = -Infinity;

  /** From now on nothing counts. */
  begin(): void {
    this.#countsFrom = Infinity;
  }

  /** What is meant to be asked from `at` on counts; in `performance.now()` time, which may be still to come. */
  end(at = performance.now()): void {
    this.#countsFrom = at;
  }

  counts(intendedAt: number): boolean {
    return intendedAt >= this.#countsFrom;
  }
}

/** Of a load of that many seconds the first eighth. */
const warmUpShare = 1 / 8;

/** Lets a load that begins now warm up; the longer it is, the longer. */
export function warmUp(recorder: { readonly warmUp: WarmUp }, seconds: number): void {
  recorder.warmUp.end(performance.now() + seconds * 1_000 * warmUpShare);
}
