import { setTimeout as sleep } from 'node:timers/promises';
import { askingBy } from '../customers/asking.js';
import { Connection } from '../customers/connection.js';
import { CookieJar } from '../customers/cookie-jar.js';
import type { Customer } from '../customers/customer.js';
import type { Exchange } from '../customers/exchange.js';
import { CustomerPool } from '../customers/pool.js';
import { bearerOf } from '../customers/sign-in.js';
import type { ModeRecord } from '../load/mode-record.js';
import { modes } from '../modes.js';

export interface OpeningPlan {
  readonly baseUrl: string;
  readonly record: ModeRecord;
  /** Sent with each request, as `name=value`: an affinity cookie leads all to one pod. */
  readonly toPod?: readonly string[];
}

/** So few that no bound on the sessions of one customer is met (`session.maxSessionsPerCustomer` of the chart). */
const sessionsEach = 500;
/** Enough to keep a pod busy. */
const connectionsAtOnce = 64;
const attemptsEach = 20;
const pauseMs = 250;

/** A pod that opens fewer than five hundred a second is not waited for, unless there are only few to open. */
const patienceMsEach = 2;
const leastPatienceMs = 20_000;

/** Until when so many should be open, in `performance.now()` time. */
export function untilOpened(count: number): number {
  return performance.now() + Math.max(leastPatienceMs, count * patienceMsEach);
}

/**
 * Customers at ever more devices: opens sessions by the thousand with their tokens, and keeps the cookies. In the stateless
 * style, where nothing is opened, each is one look at an account.
 */
export class ManySessions {
  /** Cookie header of each session, the oldest first. */
  readonly cookies: string[][] = [];
  /** How often each pod answered as it should. */
  readonly openedBy = new Map<string, number>();
  /** The first reply that said no, after which no more were asked for. */
  refused: Exchange | undefined;
  readonly #connections: Connection[];
  readonly #owners: CustomerPool;
  /** How many were to be opened, so that each customer has its share. */
  #asked = 0;

  constructor(private readonly plan: OpeningPlan) {
    this.#connections = Array.from({ length: connectionsAtOnce }, () => new Connection(plan.baseUrl));
    this.#owners = new CustomerPool(plan.baseUrl);
  }

  get opened(): number {
    return [...this.openedBy.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Opens that many more, unless one is refused or it takes until `until`, in `performance.now()` time. */
  async open(count: number, until = Infinity): Promise<void> {
    await this.#grow(this.#asked + count);
    await this.#atOnce(count, until, async (connection) => {
      const exchange = await this.#openOne(connection);
      if (exchange?.servedBy === undefined) return;
      const { pod } = exchange.servedBy;
      this.openedBy.set(pod, (this.openedBy.get(pod) ?? 0) + 1);
      if (this.#style === 'stateful') this.cookies.push(connection.cookies.for('/'));
    });
  }

  /** Opens sessions and closes each again, so that a pod has done the work and holds nothing of it. */
  async openAndClose(count: number): Promise<void> {
    const { path } = modes[this.plan.record.mode];
    await this.#grow(1);
    await this.#atOnce(count, Infinity, async (connection) => {
      const exchange = await this.#openOne(connection);
      if (exchange === undefined || this.#style === 'stateless') return;
      const closed = await connection.send({ operation: 'close', method: 'DELETE', path });
      this.plan.record.exchanged(closed, closed.startedAt);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections, this.#owners].map((one) => one.close()));
  }

  get #style() {
    return modes[this.plan.record.mode].style;
  }

  async #atOnce(count: number, until: number, act: (connection: Connection) => Promise<void>): Promise<void> {
    let left = count;
    const goesOn = (): boolean => left-- > 0 && this.refused === undefined && performance.now() < until;
    const line = async (connection: Connection): Promise<void> => {
      while (goesOn()) await act(connection);
    };
    await Promise.all(this.#connections.map(line));
  }

  /** Asks for one more, and gives whatever comes back. */
  async tryOne(connection: Connection): Promise<Exchange> {
    const { record, toPod = [] } = this.plan;
    const { customers } = this.#owners;
    const customer = customers[Math.floor(this.#asked++ / sessionsEach) % customers.length]!;
    const bearer = await bearerOf(customer, askingBy(customer.connection));
    connection.cookies = CookieJar.holding(toPod);
    const exchange = await connection.send({ ...this.#ask(customer), bearer });
    record.exchanged(exchange, exchange.startedAt);
    return exchange;
  }

  /** Undefined when the pod said no. */
  async #openOne(connection: Connection): Promise<Exchange | undefined> {
    for (let attempt = 1; ; attempt++) {
      const exchange = await this.tryOne(connection);
      if (exchange.outcome.kind === 'ok') return exchange;
      if (exchange.servedBy !== undefined) {
        this.refused ??= exchange;
        return undefined;
      }
      if (attempt === attemptsEach) throw new Error(`No session could be opened: ${JSON.stringify(exchange.outcome)}.`);
      await sleep(pauseMs);
    }
  }

  /** Has as many customers as it takes to own so many sessions, each signed in: all lines begin with the same one. */
  async #grow(sessions: number): Promise<void> {
    const { customers } = this.#owners;
    const enough = this.#style === 'stateless' ? 1 : Math.ceil(sessions / sessionsEach);
    await this.#owners.grow(Math.max(0, enough - customers.length));
    for (const customer of customers) await bearerOf(customer, askingBy(customer.connection));
  }

  #ask(customer: Customer) {
    const { path } = modes[this.plan.record.mode];
    if (this.#style === 'stateful') return { operation: 'open', method: 'POST', path } as const;
    const { id } = customer.current;
    return { operation: 'look', method: 'GET', path: `${path}/accounts/${id}` } as const;
  }
}
