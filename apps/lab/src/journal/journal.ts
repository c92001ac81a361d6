import type { LabEvent } from '../protocol/snapshots.js';
import { eventsKept } from '../protocol/changes.js';

/** What happened, in order, once: whoever does or sees something notes it here, and page and terminal read it. */
export class Journal {
  #events: readonly LabEvent[] = [];

  /** @param kept how many of the last events are kept */
  constructor(private readonly kept = eventsKept) {}

  /** The last events, the oldest first. */
  get events(): readonly LabEvent[] {
    return this.#events;
  }

  /** Adds a sentence on what happens now; what was said last is not said again. */
  note(sentence: string): void {
    const last = this.#events.at(-1);
    if (last?.sentence === sentence) return;
    this.#events = [...this.#events, { id: (last?.id ?? 0) + 1, at: Date.now(), sentence }].slice(-this.kept);
  }
}
