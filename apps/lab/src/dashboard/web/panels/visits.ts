import type { VisitAsk, VisitNow } from '../acting.js';
import { Refused, type Lab } from '../lab.js';

/** Your own sessions: one at each counter that you went to. */
export class Visits {
  readonly #byMode = new Map<string, VisitNow>();

  constructor(
    private readonly lab: Lab,
    private readonly changed: (visit: VisitNow | undefined) => void,
  ) {
    // Who closes the page has gone; the lab need not keep the visit.
    addEventListener('pagehide', () => {
      for (const { id } of this.#byMode.values()) void this.lab.leave(`visits/${id}`);
      this.#byMode.clear();
    });
  }

  at(mode: string): VisitNow | undefined {
    return this.#byMode.get(mode);
  }

  /** Where they live. */
  get pods(): ReadonlySet<string> {
    return new Set([...this.#byMode.values()].flatMap(({ pod, lost }) => (pod === null || lost !== null ? [] : [pod])));
  }

  /** @throws Refused */
  async begin(mode: string): Promise<void> {
    const visit = await this.lab.ask<VisitNow>('POST', 'visits', { mode });
    this.#keep(visit);
    if (visit.may.includes('sign-in')) await this.ask(mode, 'sign-in');
  }

  /** @throws Refused */
  async ask(mode: string, ask: VisitAsk): Promise<void> {
    const visit = this.#byMode.get(mode);
    if (visit === undefined) return this.begin(mode);
    try {
      this.#keep(await this.lab.ask<VisitNow>('POST', `visits/${visit.id}/ask`, { ask }));
    } catch (error) {
      // It was idle too long, or the lab is another one.
      if (error instanceof Refused && error.status === 404) this.forget(mode);
      throw error;
    }
  }

  forget(mode: string): void {
    this.#byMode.delete(mode);
    this.changed(undefined);
  }

  #keep(visit: VisitNow): void {
    this.#byMode.set(visit.mode, visit);
    this.changed(visit);
  }
}
