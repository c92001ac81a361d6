const [shortestMs, longestMs] = [100, 4_000];

/**
 * How long a client must have asked nothing before its session may go: long at first, so that those go who are disturbed
 * least, and shorter as long as too few do.
 */
export class IdleFirst {
  #leastMs = longestMs;

  get leastMs(): number {
    return this.#leastMs;
  }

  /** @param isEnough whether as many have gone in the last beat as were to go */
  adapt(isEnough: boolean): void {
    this.#leastMs = isEnough ? Math.min(longestMs, 2 * this.#leastMs) : Math.max(shortestMs, this.#leastMs / 2);
  }
}
