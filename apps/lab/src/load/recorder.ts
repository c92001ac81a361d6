import type { LoadRecord } from './load-record.js';
import { WarmUp } from './warm-up.js';

/** What all clients of one run met, mode by mode. */
export class Recorder<Mode extends string, Kept extends LoadRecord<Mode>> {
  readonly startedAt = performance.now();
  /** Over from the beginning, unless it is begun. */
  readonly warmUp = new WarmUp();
  readonly #records = new Map<Mode, Kept>();

  constructor(private readonly make: (mode: Mode, startedAt: number, warmUp: WarmUp) => Kept) {}

  of(mode: Mode): Kept {
    let record = this.#records.get(mode);
    if (record === undefined) {
      record = this.make(mode, this.startedAt, this.warmUp);
      this.#records.set(mode, record);
    }
    return record;
  }

  records(): Kept[] {
    return [...this.#records.values()];
  }

  /** Ms since the run began. */
  elapsedMs(): number {
    return performance.now() - this.startedAt;
  }
}
