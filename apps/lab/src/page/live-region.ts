import { found } from './element.js';
import type { LossSnapshot } from '../protocol/snapshots.js';
import { causeInWords } from '../losses/loss-causes.js';
import { count } from './words.js';

/** Losses come in heaps; each heap is told once. */
const gatherMs = 1_500;

/** Tells who listens to the page what others see falling. */
export class LiveRegion {
  #gathered: LossSnapshot[] = [];

  hear(losses: readonly LossSnapshot[]): void {
    if (losses.length === 0) return;
    if (this.#gathered.length === 0) setTimeout(() => this.#report(), gatherMs);
    this.#gathered.push(...losses);
  }

  #report(): void {
    const heaps = new Map<string, number>();
    for (const { mode, cause } of this.#gathered) {
      const where = `${mode}, ${causeInWords(cause)}`;
      heaps.set(where, (heaps.get(where) ?? 0) + 1);
    }
    this.#gathered = [];
    found('heard').textContent = [...heaps]
      .map(([where, lost]) => `${count(lost, 'session')} lost in ${where}.`)
      .join(' ');
  }
}
