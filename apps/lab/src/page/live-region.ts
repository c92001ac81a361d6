import { found } from './element.js';
import type { LossHeap } from './loss-heaps.js';
import { causeInWords } from '../losses/loss-causes.js';
import { count } from './words.js';

/** Losses come in heaps that grow; each is told once it has grown for so long. */
const gatherMs = 1_500;

/** Tells who listens to the page what others see falling. */
export class LiveRegion {
  readonly #grown = new Map<string, LossHeap>();

  hear(heaps: readonly LossHeap[]): void {
    if (heaps.length === 0) return;
    if (this.#grown.size === 0) setTimeout(() => this.#report(), gatherMs);
    for (const heap of heaps) this.#grown.set(heap.key, heap);
  }

  #report(): void {
    const totals = new Map<string, number>();
    for (const { mode, cause, total } of this.#grown.values()) {
      const where = `${mode}, ${causeInWords(cause)}`;
      totals.set(where, (totals.get(where) ?? 0) + total);
    }
    this.#grown.clear();
    found('heard').textContent = [...totals]
      .map(([where, lost]) => `${count(lost, 'session')} lost in ${where}.`)
      .join(' ');
  }
}
