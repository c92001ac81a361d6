import { journey } from './journey.js';
import type { CustomerPool } from './pool.js';
import { ClientSession } from './client-session.js';
import type { Observer } from './observer.js';
import type { ModeName } from './modes.js';
import { constantArrivalRate } from '../load/constant-arrival-rate.js';
import { seeded } from '../load/random.js';
import type { Starts } from '../load/starts.js';

/** Who comes, to which mode, and how. */
export interface CustomersPlan {
  readonly pool: CustomerPool;
  readonly mode: ModeName;
  readonly observer: Observer;
  readonly seed: number;
  /** Mean of the exponential pause before the next request. */
  readonly thinkMs: number;
}

export interface Traffic extends CustomersPlan {
  readonly journeysPerSecond: number;
  readonly durationMs: number;
  readonly stopping?: AbortSignal;
}

/** Thinks in one journey: before each of its seven steps but the first. */
const thinksPerJourney = 7;

/**
 * The rate at which half of the customers are at the bank on average. More, and arrivals would wait for a free
 * customer, and the loop would no longer be open.
 */
export function modestRate(customers: number, thinkMs: number): number {
  return customers / 2 / ((thinksPerJourney * thinkMs) / 1_000);
}

/** Sends customers in one mode, each for one journey, at a rate that does not wait for the bank. */
export async function sendCustomers(traffic: Traffic): Promise<Starts> {
  const { pool, mode, observer, seed, thinkMs, stopping } = traffic;
  return constantArrivalRate({
    perSecond: traffic.journeysPerSecond,
    random: seeded(seed),
    durationMs: traffic.durationMs,
    iterate: async (intendedAt, index) => {
      observer.started(performance.now() - intendedAt);
      const customer = await pool.take();
      try {
        const random = seeded(seed, index + 1);
        const clientSession = new ClientSession(customer, mode, observer, intendedAt, stopping);
        await journey({ clientSession, payee: pool.payeeFor(customer, random), random, thinkMs });
      } finally {
        pool.release(customer);
      }
    },
  }).run(stopping);
}
