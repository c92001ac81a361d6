import { build, type Histogram } from 'hdr-histogram-js';

const microseconds = 1_000;
const longestMs = 120_000;

/** Latencies in ms in an HDR histogram, from a microsecond to two minutes; with two digits it takes an eighth of the memory. */
export class Latencies {
  readonly #histogram: Histogram;

  constructor(significantDigits: 2 | 3 = 3) {
    this.#histogram = build({
      lowestDiscernibleValue: 1,
      highestTrackableValue: longestMs * microseconds,
      numberOfSignificantValueDigits: significantDigits,
    });
  }

  record(ms: number): void {
    this.#histogram.recordValue(Math.round(Math.min(Math.max(ms, 0), longestMs) * microseconds));
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  /** The value that `percent` of all lie at or below, in ms; undefined when there is none. */
  percentileMs(percent: number): number | undefined {
    if (this.count === 0) return undefined;
    return this.#histogram.getValueAtPercentile(percent) / microseconds;
  }

  add(other: Latencies): void {
    this.#histogram.add(other.#histogram);
  }

  reset(): void {
    this.#histogram.reset();
  }
}
