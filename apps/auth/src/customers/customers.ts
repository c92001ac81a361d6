import type { Redis } from 'ioredis';
import type { Customer } from './customer.js';

/** The customers in Redis, one key a username. */
export class Customers {
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  /** The customer with this username, in lower case. */
  async find(username: string): Promise<Customer | undefined> {
    const stored = await this.redis.get(this.#key(username));
    return stored === null ? undefined : (JSON.parse(stored) as Customer);
  }

  /** Stores a customer unless the username is taken, and returns whoever has it. */
  async claim(customer: Customer): Promise<Customer> {
    const set = await this.redis.set(this.#key(customer.username), JSON.stringify(customer), 'NX');
    return set === 'OK' ? customer : ((await this.find(customer.username)) ?? customer);
  }

  /** The key and text of a customer's record; undefined where the username is nobody's or another one's. */
  async record(username: string, customerId: string): Promise<{ key: string; value: string } | undefined> {
    const key = this.#key(username);
    const value = await this.redis.get(key);
    return value !== null && (JSON.parse(value) as Customer).customerId === customerId ? { key, value } : undefined;
  }

  /** Notes that the accounts are open. */
  async confirm(customer: Customer): Promise<void> {
    await this.redis.set(this.#key(customer.username), JSON.stringify({ ...customer, opened: true }), 'XX');
  }

  #key(username: string): string {
    return `${this.prefix}customer:${username}`;
  }
}
