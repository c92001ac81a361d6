import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Customer } from '../customers/customer.js';
import { Errand } from '../customers/errand.js';
import type { CustomerPool } from '../customers/pool.js';
import { enter, goOut } from '../customers/coming-and-going.js';
import { Setback } from '../customers/setback.js';
import { refresh } from '../customers/sign-in.js';
import { Visit } from '../customers/visit.js';
import type { Witness } from '../customers/witness.js';
import { exponential, seeded, type Random } from '../load/random.js';
import type { ModeName } from '../modes.js';

export interface GuestPlan {
  readonly pool: CustomerPool;
  readonly mode: ModeName;
  readonly witness: Witness;
  readonly seed: number;
  /** Mean of the exponential pause between two looks. */
  readonly thinkMs: number;
  /** Mean of the exponential length of a visit, after which another guest takes the place; without it, all stay. */
  readonly stayMs?: number;
  /** Behind which address each comes, for a front door that goes by it. */
  readonly address?: (guest: number) => string;
}

/** auth bounds how many passwords it hashes at once. */
const doors = 4;
const renewBeforeMs = 60_000;

/**
 * Customers who come in and stay, look around again and again, and open their visit anew when it is lost: a load that
 * is tied to sessions, as that of a bank with people in it.
 */
export class Guests {
  /** Changed at any time, it changes how often each guest asks from its next pause on. */
  thinkMs: number;
  readonly #leaving = new AbortController();
  readonly #stays: Promise<void>[] = [];

  constructor(private readonly plan: GuestPlan) {
    this.thinkMs = plan.thinkMs;
    setMaxListeners(0, this.#leaving.signal);
  }

  /** Lets that many in; resolves when each has signed in. */
  async arrive(count: number): Promise<void> {
    let next = 0;
    const door = async (): Promise<void> => {
      while (next < count) {
        const guest = next++;
        const random = seeded(this.plan.seed, guest);
        const address = this.plan.address?.(guest);
        await new Promise<void>((inside) => {
          const stay = this.#stay(random, address, inside).finally(inside);
          this.#stays.push(stay);
        });
      }
    };
    await Promise.all(Array.from({ length: doors }, door));
  }

  /** Sends all away; rejects with what a guest met that is no setback. */
  async leave(): Promise<void> {
    this.#leaving.abort();
    await Promise.all(this.#stays);
  }

  async #stay(random: Random, address: string | undefined, inside: () => void): Promise<void> {
    const customer = await this.plan.pool.take();
    const { signal } = this.#leaving;
    let { credentials } = customer;
    while (!signal.aborted) {
      // Someone else comes each time: without the cookies of the one before, but with a password that was hashed once.
      const guest = customer.anotherDevice();
      guest.credentials = credentials;
      guest.connection.address = address;
      await this.#visit(guest, random, inside);
      credentials = guest.credentials;
      await guest.connection.close();
      await sleep(exponential(this.thinkMs, random), undefined, { signal }).catch(() => undefined);
    }
    customer.credentials = credentials;
    this.plan.pool.release(customer);
  }

  async #visit(guest: Customer, random: Random, inside: () => void): Promise<void> {
    const { mode, witness, stayMs } = this.plan;
    const visit = new Visit(guest, mode, witness, performance.now(), this.#leaving.signal);
    const until = performance.now() + (stayMs === undefined ? Infinity : exponential(stayMs, random));
    try {
      const errand = new Errand(visit, guest.current);
      await enter(errand);
      inside();
      while (performance.now() < until) {
        await visit.think(exponential(this.thinkMs, random));
        await renew(visit);
        await errand.persist(() => errand.telling.look());
      }
      await goOut(visit);
    } catch (error) {
      if (!(error instanceof Setback)) throw error;
    } finally {
      visit.leave();
    }
  }
}

/** A token that ends is no loss of a session. */
async function renew(visit: Visit): Promise<void> {
  const { credentials } = visit.customer;
  if (credentials === undefined || credentials.expiresAt - renewBeforeMs > performance.now()) return;
  await refresh(visit.customer, (ask) => visit.ask(ask));
}
