import { randomUUID } from 'node:crypto';
import type { Account, Ledger } from '#libs/bank';
import { IdentityError, type Passwords, type Turn } from '#libs/identity';
import type { StoreRoom } from '#libs/service';
import type { Customer, NewCustomer } from './customer.js';
import type { Customers } from './customers.js';
import type { UnusedCustomers } from './unused-customers.js';

/** Deposits that a new customer begins with, in minor units. */
const openings = { current: 100_000, savings: 500_000 };

export interface Registered {
  readonly customerId: string;
  readonly accounts: readonly Account[];
}

/**
 * Registers customers. The username is claimed first and the accounts are opened then; a registration that fails between
 * the two is finished when it is sent again with the same password.
 */
export class Registration {
  constructor(
    private readonly customers: Customers,
    private readonly passwords: Passwords,
    private readonly ledger: Ledger,
    private readonly currency: string,
    private readonly room: StoreRoom,
    private readonly unused: UnusedCustomers,
  ) {}

  /** @throws IdentityError `username-taken` or `too-busy`; CodedError `store-nearly-full` */
  async register(wanted: NewCustomer, turn: Turn): Promise<Registered> {
    await this.room.require();
    const customer = await this.#claim(wanted, turn);
    await this.unused.add(customer);
    const accounts = await this.ledger.openAccounts(customer.customerId, this.currency, openings);
    await this.customers.confirm(customer);
    return { customerId: customer.customerId, accounts };
  }

  async #claim({ username, password, name }: NewCustomer, turn: Turn): Promise<Customer> {
    const earlier = await this.customers.find(username);
    if (earlier) return this.#resume(earlier, password, turn);
    const passwordHash = await this.passwords.hash(password, turn);
    const own = { customerId: randomUUID(), username, name, passwordHash, opened: false };
    const holder = await this.customers.claim(own);
    return holder.customerId === own.customerId ? own : this.#resume(holder, password, turn);
  }

  async #resume(holder: Customer, password: string, turn: Turn): Promise<Customer> {
    const halfDone = !holder.opened && (await this.passwords.verify(holder.passwordHash, password, turn));
    if (!halfDone) throw new IdentityError('username-taken');
    return holder;
  }
}
