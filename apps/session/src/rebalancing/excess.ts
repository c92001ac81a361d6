/** One session more than tolerated is chance, whatever share of few it is. */
const slack = 1;

/**
 * How many sessions a pod has too many. It begins to have too many well above the average and ends at the average, so that
 * nothing goes back and forth.
 */
export class Excess {
  #isOver = false;

  /** @param tolerance share (0 to 1) of the average above which a pod begins to have too many */
  constructor(private readonly tolerance: number) {}

  /**
   * @param held sessions that this pod holds
   * @param all sessions of each pod, this one among them
   */
  of(held: number, all: readonly number[]): number {
    const average = all.reduce((sum, one) => sum + one, 0) / all.length;
    const most = this.#isOver ? average : average * (1 + this.tolerance) + slack;
    this.#isOver = all.length > 1 && held > most;
    return this.#isOver ? Math.floor(held - average) : 0;
  }
}
