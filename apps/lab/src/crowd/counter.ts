import { setMaxListeners } from 'node:events';
import { poissonArrivals } from '../load/arrivals.js';
import { openLoop } from '../load/open-loop.js';
import { exponential, seeded } from '../load/random.js';
import type { Witness } from '../customers/witness.js';
import type { ModeName } from '../modes.js';
import type { People } from './people.js';
import { stay } from './stay.js';

export interface CounterPlan {
  readonly mode: ModeName;
  readonly people: People;
  readonly seed: number;
  readonly thinkMs: number;
  /** Lets one more in, and says who watches that customer. */
  readonly came: () => { readonly witness: Witness; readonly gone: () => void };
  /** Told what no customer should meet. */
  readonly fault: (error: Error) => void;
}

/** Nobody comes for less than that. */
const shortestMeanStayMs = 20_000;

/** Those who come to one counter, stay and go; how many there may be can change at any time. */
export class Counter {
  readonly #inside = new Map<AbortController, Promise<void>>();
  #arrivals = new AbortController();
  #most = 0;
  #meanStayMs = shortestMeanStayMs;
  #came = 0;

  constructor(private readonly plan: CounterPlan) {}

  /** From now on so many may be here at a time, and so many come a second while there is room. */
  admit(most: number, perSecond: number): void {
    this.#arrivals.abort();
    this.#arrivals = new AbortController();
    this.#most = most;
    // Long enough that as many as may be here are here.
    this.#meanStayMs = Math.max(shortestMeanStayMs, (1.5 * 1_000 * most) / perSecond);
    [...this.#inside.keys()].slice(0, Math.max(0, this.#inside.size - most)).forEach((one) => one.abort());
    if (most === 0 || perSecond === 0) return;
    // Poisson arrivals have no memory: a stream that begins anew goes on as the one before would have.
    const arrivals = poissonArrivals(perSecond, seeded(this.plan.seed, this.#came));
    const stopping = this.#arrivals.signal;
    setMaxListeners(0, stopping);
    void openLoop({ arrivals, durationMs: Infinity, stopping, start: (intendedAt) => this.#admitOne(intendedAt) });
  }

  /** Resolves when nobody is here any more. */
  async empty(): Promise<void> {
    this.admit(0, 0);
    await Promise.all(this.#inside.values());
  }

  async #admitOne(intendedAt: number): Promise<void> {
    if (this.#inside.size >= this.#most) return;
    const leaving = new AbortController();
    const there = this.#stay(intendedAt, leaving.signal)
      .catch((error: Error) => this.plan.fault(error))
      .finally(() => this.#inside.delete(leaving));
    this.#inside.set(leaving, there);
    await there;
  }

  async #stay(intendedAt: number, leaving: AbortSignal): Promise<void> {
    const { mode, people, seed, thinkMs, came } = this.plan;
    const random = seeded(seed, ++this.#came);
    const person = await people.next();
    if (leaving.aborted) return;
    const { witness, gone } = came();
    witness.started(performance.now() - intendedAt);
    try {
      const payee = people.payeeFor(person, random);
      const lengthMs = exponential(this.#meanStayMs, random);
      await stay({ mode, person, payee, witness, random, intendedAt, thinkMs, lengthMs, leaving });
    } finally {
      gone();
    }
  }
}
