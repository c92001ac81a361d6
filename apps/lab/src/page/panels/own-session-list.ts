import type { OwnSessionStep, OwnSessionSnapshot } from '../../protocol/actions.js';
import type { BankSnapshot } from '../../protocol/snapshots.js';
import { homeOf } from '../own-home.js';
import { ActionRefused, type LabApi } from '../lab.js';

/** Your own sessions: one in each mode that you went to. */
export class OwnSessionList {
  readonly #byMode = new Map<string, OwnSessionSnapshot>();
  /** Called with one that has changed, and with none when one is forgotten. */
  onChange: (session?: OwnSessionSnapshot) => void = () => undefined;

  constructor(private readonly lab: LabApi) {
    // Who closes the page has gone; the lab need not keep the session.
    addEventListener('pagehide', () => {
      for (const { id } of this.#byMode.values()) void this.lab.leave(`sessions/${id}`);
      this.#byMode.clear();
    });
  }

  at(mode: string): OwnSessionSnapshot | undefined {
    return this.#byMode.get(mode);
  }

  /** Where they live. */
  podsIn(now: Pick<BankSnapshot, 'workloads'>): ReadonlySet<string> {
    return new Set([...this.#byMode.values()].flatMap((session) => homeOf(session, now) ?? []));
  }

  /** @throws Refused */
  async begin(mode: string): Promise<void> {
    const session = await this.lab.ask<OwnSessionSnapshot>('POST', 'sessions', { mode });
    this.#keep(session);
    if (session.may.includes('sign-in')) await this.ask(mode, 'sign-in');
  }

  /** @throws Refused */
  async ask(mode: string, ask: OwnSessionStep): Promise<void> {
    const session = this.#byMode.get(mode);
    if (session === undefined) return this.begin(mode);
    try {
      this.#keep(await this.lab.ask<OwnSessionSnapshot>('POST', `sessions/${session.id}/ask`, { ask }));
    } catch (error) {
      // It was idle too long, or the lab is another one.
      if (error instanceof ActionRefused && error.status === 404) this.forget(mode);
      throw error;
    }
  }

  forgetAll(): void {
    this.#byMode.clear();
    this.onChange();
  }

  forget(mode: string): void {
    this.#byMode.delete(mode);
    this.onChange();
  }

  #keep(session: OwnSessionSnapshot): void {
    this.#byMode.set(session.mode, session);
    this.onChange(session);
  }
}
