import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { Starts } from './starts.js';

/** What the lab's own process was like while it sent load. */
export interface GeneratorReading {
  /** Why the figures tell of the lab rather than of the bank, in words; undefined when it kept up. */
  readonly behind: string | undefined;
  readonly late: number;
  readonly started: number;
  /** Share of the time in which the event loop stood still for so long that it shows in a latency. */
  readonly stalled: number;
  /** CPU of the lab, of one core. */
  readonly cpu: number;
}

const everyMs = 10;
const stallMs = 50;
/** As of starts, one part in fifty is still a fair picture. */
const stalledAtMost = 1 / 50;
/** JavaScript runs on one core: this near to all of it, requests wait for the lab. */
const cpuAtMost = 0.95;

/** Watches the lab itself from its making until `end`. */
export class GeneratorHealth {
  readonly #delays: IntervalHistogram = monitorEventLoopDelay({ resolution: everyMs });
  readonly #cpuBefore = process.cpuUsage();
  readonly #startedAt = performance.now();

  constructor() {
    this.#delays.enable();
  }

  /** @param starts of all customers that came meanwhile */
  end(starts: readonly Starts[]): GeneratorReading {
    this.#delays.disable();
    const elapsedMs = performance.now() - this.#startedAt;
    const { user, system } = process.cpuUsage(this.#cpuBefore);
    return readingOf({
      started: starts.reduce((sum, { all }) => sum + all, 0),
      late: starts.reduce((sum, { late }) => sum + late, 0),
      keptUp: starts.every(({ keptUp }) => keptUp),
      stalled: stalledMs(this.#delays) / elapsedMs,
      cpu: (user + system) / 1_000 / elapsedMs,
    });
  }
}

/** Judges what was read. */
export function readingOf(read: Omit<GeneratorReading, 'behind'> & { readonly keptUp: boolean }): GeneratorReading {
  const { started, late, keptUp, stalled, cpu } = read;
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  const why = [
    ...(keptUp ? [] : [`${late} of ${started} starts were late`]),
    ...(stalled <= stalledAtMost ? [] : [`its event loop stood still for ${percent(stalled)} of the time`]),
    ...(cpu <= cpuAtMost ? [] : [`it used ${percent(cpu)} of a core`]),
  ];
  return { started, late, stalled, cpu, behind: why.length === 0 ? undefined : why.join(', ') };
}

/** The time in delays of more than `stallMs`, from the steps of the histogram. */
function stalledMs(delays: IntervalHistogram): number {
  let [before, total] = [0, 0];
  for (const [percentile, ns] of delays.percentiles) {
    const times = ((percentile - before) / 100) * delays.count;
    if (ns / 1e6 - everyMs > stallMs) total += (times * ns) / 1e6;
    before = percentile;
  }
  return total;
}
