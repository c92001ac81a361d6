import { constantArrivalRate } from '../../load/constant-arrival-rate.js';
import { exponential, seeded } from '../../load/random.js';
import type { Observer } from '../observer.js';
import type { ModeName } from '../modes.js';
import type { UserPool } from './user-pool.js';
import { runCustomerSession } from './customer-session.js';

export interface ModeArrivalsPlan {
  readonly mode: ModeName;
  readonly userPool: UserPool;
  readonly seed: number;
  readonly thinkMs: number;
  /** Lets one more in, and says who watches that customer. */
  readonly came: () => { readonly observer: Observer; readonly gone: () => void };
  /** Told what no customer should meet. */
  readonly fault: (error: Error) => void;
}

/** Nobody comes for less than that. */
const minMeanSessionMs = 20_000;

/** Those who come to one mode, stay and go; how many there may be can change at any time. */
export class ModeArrivals {
  readonly #active = new Map<AbortController, Promise<void>>();
  #arrivals = new AbortController();
  #max = 0;
  #meanSessionMs = minMeanSessionMs;
  #came = 0;

  constructor(private readonly plan: ModeArrivalsPlan) {}

  /** From now on so many may be here at a time, and so many come a second while there is room. */
  admit(max: number, perSecond: number): void {
    this.#arrivals.abort();
    this.#arrivals = new AbortController();
    this.#max = max;
    // Long enough that as many as may be here are here.
    this.#meanSessionMs = Math.max(minMeanSessionMs, (1.5 * 1_000 * max) / perSecond);
    [...this.#active.keys()].slice(0, Math.max(0, this.#active.size - max)).forEach((one) => one.abort());
    if (max === 0 || perSecond === 0) return;
    // Poisson arrivals have no memory: a stream that begins anew goes on as the one before would have.
    const random = seeded(this.plan.seed, this.#came);
    const iterate = (intendedAt: number): Promise<void> => this.#admitOne(intendedAt);
    void constantArrivalRate({ perSecond, random, durationMs: Infinity, iterate }).run(this.#arrivals.signal);
  }

  /** Resolves when nobody is here any more. */
  async empty(): Promise<void> {
    this.admit(0, 0);
    await Promise.all(this.#active.values());
  }

  async #admitOne(intendedAt: number): Promise<void> {
    if (this.#active.size >= this.#max) return;
    const leaving = new AbortController();
    const there = this.#runSession(intendedAt, leaving.signal)
      .catch((error: Error) => this.plan.fault(error))
      .finally(() => this.#active.delete(leaving));
    this.#active.set(leaving, there);
    await there;
  }

  async #runSession(intendedAt: number, leaving: AbortSignal): Promise<void> {
    const { mode, userPool, seed, thinkMs, came } = this.plan;
    const random = seeded(seed, ++this.#came);
    const person = await userPool.next();
    if (leaving.aborted) return;
    const { observer, gone } = came();
    observer.started(performance.now() - intendedAt);
    try {
      const payee = userPool.payeeFor(person, random);
      const durationMs = exponential(this.#meanSessionMs, random);
      await runCustomerSession({ mode, person, payee, observer, random, intendedAt, thinkMs, durationMs, leaving });
    } finally {
      gone();
    }
  }
}
