import { setTimeout as sleep } from 'node:timers/promises';
import { retrying } from '../http/retry.js';
import { Connection } from '../http/connection.js';
import { CookieJar } from '../http/cookie-jar.js';
import type { BankCustomer } from '../bank/customer.js';
import type { RecordedRequest } from '../http/recorded-request.js';
import { CustomerPool } from '../bank/pool.js';
import { bearerOf } from '../bank/auth-client.js';
import type { ModeRecord } from '../bank/mode-record.js';
import { modes } from '../bank/modes.js';
import { sharedIterations } from '../load/shared-iterations.js';

export interface SessionSeederPlan {
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
const minPatienceMs = 60_000;

/** Until when so many should be open, in `performance.now()` time. */
export function untilOpened(count: number): number {
  return performance.now() + Math.max(minPatienceMs, count * patienceMsEach);
}

/**
 * Customers at ever more devices: opens sessions by the thousand with their tokens, and keeps the cookies. In the stateless
 * style, where nothing is opened, each is one look at an account.
 */
export class SessionSeeder {
  /** Cookie header of each session, the oldest first. */
  readonly cookies: string[][] = [];
  /** How often each pod answered as it should. */
  readonly openedBy = new Map<string, number>();
  /** The first reply that said no, after which no more were asked for. */
  refused: RecordedRequest | undefined;
  readonly #connections: Connection[];
  readonly #owners: CustomerPool;
  /** How many were to be opened, so that each customer has its share. */
  #asked = 0;

  constructor(private readonly plan: SessionSeederPlan) {
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
      const recorded = await this.#openOne(connection);
      if (recorded?.servedBy === undefined) return;
      const { pod } = recorded.servedBy;
      this.openedBy.set(pod, (this.openedBy.get(pod) ?? 0) + 1);
      if (this.#style === 'stateful') this.cookies.push(connection.cookies.for('/'));
    });
  }

  /** Opens sessions and closes each again, so that a pod has done the work and holds nothing of it. */
  async openAndClose(count: number): Promise<void> {
    const { path } = modes[this.plan.record.mode];
    await this.#grow(1);
    await this.#atOnce(count, Infinity, async (connection) => {
      const recorded = await this.#openOne(connection);
      if (recorded === undefined || this.#style === 'stateless') return;
      const closed = await connection.send({ operation: 'close', method: 'DELETE', path });
      this.plan.record.requestRecorded(closed, closed.startedAt);
    });
  }

  /** Closes so many of those that were opened, the latest first. */
  async closeSome(count: number): Promise<void> {
    const { path } = modes[this.plan.record.mode];
    const some = this.cookies.splice(-count);
    // There is room again.
    this.refused = undefined;
    await this.#atOnce(some.length, Infinity, async (connection) => {
      connection.cookies = CookieJar.holding(some.pop()!);
      const closed = await connection.send({ operation: 'close', method: 'DELETE', path });
      this.plan.record.requestRecorded(closed, closed.startedAt);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections, this.#owners].map((one) => one.close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #style() {
    return modes[this.plan.record.mode].style;
  }

  async #atOnce(count: number, until: number, act: (connection: Connection) => Promise<void>): Promise<void> {
    const stopping = new AbortController();
    const iterate = async (at: number, _: number, user: number): Promise<void> => {
      if (this.refused !== undefined || at >= until) stopping.abort();
      else await act(this.#connections[user]!);
    };
    await sharedIterations({ users: connectionsAtOnce, iterations: count, iterate }).run(stopping.signal);
  }

  /** Asks for one more, and gives whatever comes back. */
  async tryOne(connection: Connection): Promise<RecordedRequest> {
    const { record, toPod = [] } = this.plan;
    const { customers } = this.#owners;
    const customer = customers[Math.floor(this.#asked++ / sessionsEach) % customers.length]!;
    const bearer = await bearerOf(customer, retrying(customer.connection));
    connection.cookies = CookieJar.holding(toPod);
    const recorded = await connection.send({ ...this.#request(customer), bearer });
    record.requestRecorded(recorded, recorded.startedAt);
    return recorded;
  }

  /** Undefined when the pod said no. */
  async #openOne(connection: Connection): Promise<RecordedRequest | undefined> {
    for (let attempt = 1; ; attempt++) {
      const recorded = await this.tryOne(connection);
      if (recorded.outcome.kind === 'ok') return recorded;
      if (recorded.servedBy !== undefined) {
        this.refused ??= recorded;
        return undefined;
      }
      if (attempt === attemptsEach) throw new Error(`No session could be opened: ${JSON.stringify(recorded.outcome)}.`);
      await sleep(pauseMs);
    }
  }

  /** Has as many customers as it takes to own so many sessions, each signed in: all lines begin with the same one. */
  async #grow(sessions: number): Promise<void> {
    const { customers } = this.#owners;
    const enough = this.#style === 'stateless' ? 1 : Math.ceil(sessions / sessionsEach);
    await this.#owners.grow(Math.max(0, enough - customers.length));
    for (const customer of customers) await bearerOf(customer, retrying(customer.connection));
  }

  #request(customer: BankCustomer) {
    const { path } = modes[this.plan.record.mode];
    if (this.#style === 'stateful') return { operation: 'open', method: 'POST', path } as const;
    const { id } = customer.current;
    return { operation: 'look', method: 'GET', path: `${path}/accounts/${id}` } as const;
  }
}
