import { LoopWatch } from './loop-watch.js';
import type { Starts } from './starts.js';

/** What the lab's own process was like while it sent load. */
export interface GeneratorReading {
  /** Why the figures tell of the lab rather than of the bank, in words; undefined when it kept up. */
  readonly behind: string | undefined;
  readonly late: number;
  readonly started: number;
  /** Share of the time in which the event loop stood still for so long that it shows in a latency. */
  readonly stalled: number;
  /** Share of the time in which the event loop had something to do. */
  readonly busy: number;
  /** CPU of the lab, of one core. */
  readonly cpu: number;
}

/** As of starts, one part in fifty is still a fair picture. */
const stalledAtMost = 1 / 50;
/** JavaScript runs on one core: this near to all that it can get, replies wait for the lab. */
const busyAtMost = 0.95;

/** Watches the lab itself from its making until `end`. */
export class GeneratorHealth {
  readonly #loop: LoopWatch;

  /** @param counts whether load that is meant to be sent at that `performance.now()` time counts, or only warms up */
  constructor(counts: (at: number) => boolean = () => true) {
    this.#loop = new LoopWatch(counts);
  }

  /** @param starts of all customers that came meanwhile */
  end(starts: readonly Starts[]): GeneratorReading {
    const { watchedMs, stalledMs, busyMs, cpuMs } = this.#loop.end();
    const share = (ms: number): number => (watchedMs === 0 ? 0 : ms / watchedMs);
    return readingOf({
      started: starts.reduce((sum, { all }) => sum + all, 0),
      late: starts.reduce((sum, { late }) => sum + late, 0),
      keptUp: starts.every(({ keptUp }) => keptUp),
      stalled: share(stalledMs),
      busy: share(busyMs),
      cpu: share(cpuMs),
    });
  }
}

/** Judges what was read; where nothing was meant to start at a time, nothing can be late. */
export function readingOf(read: Omit<GeneratorReading, 'behind'> & { readonly keptUp: boolean }): GeneratorReading {
  const { started, late, keptUp, stalled, busy, cpu } = read;
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  if (started === 0) return { started, late, stalled, busy, cpu, behind: undefined };
  const why = [
    ...(keptUp ? [] : [`${late} of ${started} starts were late`]),
    ...(stalled <= stalledAtMost ? [] : [`its event loop stood still for ${percent(stalled)} of the time`]),
    ...(busy <= busyAtMost ? [] : [`it was busy for ${percent(busy)} of it, with ${percent(cpu)} of a core`]),
  ];
  return { started, late, stalled, busy, cpu, behind: why.length === 0 ? undefined : why.join(', ') };
}
