/** What one experiment is going to take, as it says itself. */
export interface Expectation {
  readonly name: string;
  readonly measurements: number;
  readonly secondsEach: number;
}

/** What is expected counts as much as so large a part of the run: the first experiments are short, and no measure of the rest. */
const believedShare = 0.1;

/** The time that a run still takes: by what its experiments expect, corrected by what their measurements took. */
export class TimeLeft {
  readonly #seen = new Map<string, number[]>();
  readonly #done = new Set<string>();

  constructor(private readonly expectations: readonly Expectation[]) {}

  measured(name: string, seconds: number): void {
    this.#seen.set(name, [...(this.#seen.get(name) ?? []), seconds]);
  }

  /** An experiment may end before all its measurements were made. */
  done(name: string): void {
    this.#done.add(name);
  }

  get seconds(): number {
    const correction = this.#correction();
    return this.expectations
      .filter(({ name }) => !this.#done.has(name))
      .reduce((sum, { name, measurements, secondsEach }) => {
        const seen = this.#seen.get(name) ?? [];
        const each = seen.length === 0 ? secondsEach * correction : total(seen) / seen.length;
        return sum + Math.max(0, measurements - seen.length) * each;
      }, 0);
  }

  /** How much longer measurements take here than they say: the more of the run is over, the more by what was seen. */
  #correction(): number {
    const all = total(this.expectations.map(({ measurements, secondsEach }) => measurements * secondsEach));
    let took = believedShare * all;
    let expected = took;
    for (const { name, secondsEach } of this.expectations) {
      const seen = this.#seen.get(name) ?? [];
      took += total(seen);
      expected += seen.length * secondsEach;
    }
    return expected === 0 ? 1 : took / expected;
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
