import { ModeRecord } from './mode-record.js';
import type { ModeName } from '../modes.js';

/** What all customers of one run met, mode by mode: the scorecard and the live view both read it. */
export class Recorder {
  readonly startedAt = performance.now();
  readonly #records = new Map<ModeName, ModeRecord>();

  of(mode: ModeName): ModeRecord {
    let record = this.#records.get(mode);
    if (record === undefined) this.#records.set(mode, (record = new ModeRecord(mode, this.startedAt)));
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
