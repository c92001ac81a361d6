import type { Account } from '#libs/bank';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BankCustomer } from '../customer.js';
import { CustomerPool } from '../pool.js';
import type { Random } from '../../load/random.js';
import { SharedToken } from './shared-token.js';

/** Registering takes CPU: these few at first, so that they are served soon, the others at leisure. */
const atFirst = 4;
const atLast = 40;
const leisureMs = 250;
/** So many transfers fill a statement; a new person has an empty one, and counts amounts from one cent again. */
const transfersEach = 200;

export interface VirtualUser {
  readonly customer: BankCustomer;
  readonly token: SharedToken;
}

/** In whose names the crowd comes: few people, each of whom may be in many modes at the same time. */
export class UserPool {
  readonly #pool: CustomerPool;
  #userPool: VirtualUser[] = [];
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
    return this.#userPool.length;
  }

  /** The next in turn; the first who ask wait until somebody is registered. */
  async next(): Promise<VirtualUser> {
    await (this.#ready ??= this.#open());
    const person = this.#userPool[this.#turn++ % this.#userPool.length];
    if (person === undefined) throw new Error('Nobody is registered.');
    if (person.customer.transfers.attempts.length >= transfersEach) this.#retire(person);
    return person;
  }

  payeeFor({ customer }: VirtualUser, random: Random): Account {
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
      if (this.#userPool.length < atLast) await this.#grow(1).catch(() => undefined);
      await sleep(leisureMs, undefined, { signal: this.stopping }).catch(() => undefined);
    }
  }

  async #grow(count: number): Promise<void> {
    await this.#pool.grow(count, undefined, this.stopping);
    const known = new Set(this.#userPool.map(({ customer }) => customer));
    const fresh = this.#pool.customers.filter((customer) => !known.has(customer));
    this.#userPool.push(...fresh.map((customer) => ({ customer, token: new SharedToken(customer) })));
  }

  /** Comes no more, once there are others; may still be in modes. */
  #retire(person: VirtualUser): void {
    if (this.#userPool.length <= atFirst) return;
    this.#userPool = this.#userPool.filter((one) => one !== person);
    this.#pool.customers.splice(this.#pool.customers.indexOf(person.customer), 1);
    void person.customer.connection.close();
  }
}
