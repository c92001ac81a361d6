import type { ModeName } from '../modes.js';
import type { LossObserver } from './loss-observer.js';
import { ModeRecord } from './mode-record.js';
import { WarmUp } from './warm-up.js';

/** What all customers of one run met, mode by mode: the scorecard and the live view both read it. */
export class Recorder {
  readonly startedAt = performance.now();
  /** Over from the beginning, unless it is begun. */
  readonly warmUp = new WarmUp();
  readonly #records = new Map<ModeName, ModeRecord>();

  constructor(private readonly losses?: LossObserver) {}

  of(mode: ModeName): ModeRecord {
    let record = this.#records.get(mode);
    if (record === undefined) {
      record = new ModeRecord(mode, this.startedAt, this.warmUp, this.losses);
      this.#records.set(mode, record);
    }
    return record;
  }

  records(): ModeRecord[] {
    return [...this.#records.values()];
  }

  /** Ms since the run began. */
  elapsedMs(): number {
    return performance.now() - this.startedAt;
  }
}
