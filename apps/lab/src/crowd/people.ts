import { setTimeout as sleep } from 'node:timers/promises';
import type { Account, Customer } from '../customers/customer.js';
import { CustomerPool } from '../customers/pool.js';
import type { Random } from '../load/random.js';
import { SharedToken } from './shared-token.js';

/** Registering takes CPU: these few at first, so that they are served soon, the others at leisure. */
const atFirst = 4;
const atLast = 40;
const leisureMs = 250;
/** So many transfers fill a statement; a new person has an empty one, and counts amounts from one cent again. */
const transfersEach = 200;

export interface Person {
  readonly customer: Customer;
  readonly token: SharedToken;
}

/** In whose names the crowd comes: few people, each of whom may be at many counters at the same time. */
export class People {
  readonly #pool: CustomerPool;
  #people: Person[] = [];
  #turn = 0;
  #growing: Promise<void> | undefined;
  #ready: Promise<void> | undefined;

  constructor(
    baseUrl: string,
    private readonly stopping: AbortSignal,
  ) {
    this.#pool = new CustomerPool(baseUrl);
  }

  get count(): number {
    return this.#people.length;
  }

  /** The next in turn; the first who ask wait until somebody is registered. */
  async next(): Promise<Person> {
    await (this.#ready ??= this.#open());
    const person = this.#people[this.#turn++ % this.#people.length];
    if (person === undefined) throw new Error('Nobody is registered.');
    if (person.customer.transfers.attempts.length >= transfersEach) this.#retire(person);
    return person;
  }

  payeeFor({ customer }: Person, random: Random): Account {
    return this.#pool.payeeFor(customer, random);
  }

  /** Resolves when nobody is being registered any more. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#ready, this.#growing]);
    await this.#pool.close();
  }

  async #open(): Promise<void> {
    try {
      await this.#grow(atFirst);
    } catch (error) {
      this.#ready = undefined;
      throw error;
    }
    this.#growing = this.#growAtLeisure();
  }

  async #growAtLeisure(): Promise<void> {
    while (!this.stopping.aborted) {
      // A bank that registers nobody for the moment may do so later.
      if (this.#people.length < atLast) await this.#grow(1).catch(() => undefined);
      await sleep(leisureMs, undefined, { signal: this.stopping }).catch(() => undefined);
    }
  }

  async #grow(count: number): Promise<void> {
    await this.#pool.grow(count, undefined, this.stopping);
    const known = new Set(this.#people.map(({ customer }) => customer));
    const fresh = this.#pool.customers.filter((customer) => !known.has(customer));
    this.#people.push(...fresh.map((customer) => ({ customer, token: new SharedToken(customer) })));
  }

  /** Comes no more, once there are others; may still be at counters. */
  #retire(person: Person): void {
    if (this.#people.length <= atFirst) return;
    this.#people = this.#people.filter((one) => one !== person);
    this.#pool.customers.splice(this.#pool.customers.indexOf(person.customer), 1);
    void person.customer.connection.close();
  }
}
