import type { Account } from '#libs/bank';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../load/random.js';
import { sharedIterations } from '../load/shared-iterations.js';
import { Connection } from '../http/connection.js';
import { BankCustomer } from './customer.js';

/** auth bounds how many passwords it hashes at once; more of us would only be sent away. */
const registrarsAtOnce = 4;
const attemptsEach = 20;
const firstPauseMs = 200;

/** The registered customers of one run. Each is taken by one journey at a time. */
export class CustomerPool {
  readonly customers: BankCustomer[] = [];
  /** Cents that its customers have found missing, so that each is told of once. */
  knownLossMinor = 0;
  readonly #free: BankCustomer[] = [];
  readonly #waiting: ((customer: BankCustomer) => void)[] = [];

  constructor(private readonly baseUrl: string) {}

  /** Registers `count` more, and calls back after each; `stopping` ends it early. */
  async grow(count: number, onOne: (total: number) => void = () => undefined, stopping?: AbortSignal): Promise<void> {
    const connections = Array.from({ length: registrarsAtOnce }, () => new Connection(this.baseUrl, 10_000));
    const registerOne = async (_: number, _index: number, registrar: number): Promise<void> => {
      const customer = await register(connections[registrar]!, this.baseUrl);
      this.customers.push(customer);
      this.release(customer);
      onOne(this.customers.length);
    };
    try {
      await sharedIterations({ users: registrarsAtOnce, iterations: count, iterate: registerOne }).run(stopping);
    } finally {
      await Promise.all(connections.map((connection) => connection.close()));
    }
  }

  /** The customer that has been free the longest; waits for one if all are busy. */
  async take(): Promise<BankCustomer> {
    return this.#free.shift() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  takeSome(count: number): Promise<BankCustomer[]> {
    return Promise.all(Array.from({ length: count }, () => this.take()));
  }

  release(customer: BankCustomer): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(customer);
    else next(customer);
  }

  /** Its customers, dealt out evenly to pools of their own, who pay each other only. */
  parts(count: number): CustomerPool[] {
    const parts = Array.from({ length: count }, () => new CustomerPool(this.baseUrl));
    this.customers.forEach((customer, index) => {
      const part = parts[index % count] as CustomerPool;
      part.customers.push(customer);
      part.release(customer);
    });
    return parts;
  }

  /** Someone to pay, other than `customer`. */
  payeeFor(customer: BankCustomer, random: Random): Account {
    const others = this.customers.length - 1;
    if (others < 1) throw new Error('A customer needs another one to pay.');
    const picked = this.customers[Math.floor(random() * others)] as BankCustomer;
    return (picked === customer ? (this.customers[others] as BankCustomer) : picked).current;
  }

  async close(): Promise<void> {
    await Promise.all(this.customers.map(({ connection }) => connection.close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function register(connection: Connection, baseUrl: string): Promise<BankCustomer> {
  for (let attempt = 1; ; attempt++) {
    // A new name each time: an answer that never came may have taken the name.
    const username = `lab-${randomBytes(8).toString('hex')}`;
    const password = randomBytes(16).toString('base64url');
    const body = { username, password, name: `Customer ${username.slice(-4)}` };
    const recorded = await connection.send({ operation: 'register', method: 'POST', path: '/auth/customers', body });
    if (recorded.outcome.kind === 'ok') {
      return new BankCustomer(username, password, (recorded.body as { accounts: Account[] }).accounts, baseUrl);
    }
    const { outcome } = recorded;
    const hopeless = outcome.kind !== 'unknown' && !(outcome.kind === 'refused' && outcome.again);
    if (hopeless || attempt === attemptsEach) {
      throw new Error(`A customer could not be registered: ${JSON.stringify(outcome)}.`);
    }
    await sleep(recorded.retryAfterMs ?? firstPauseMs);
  }
}
