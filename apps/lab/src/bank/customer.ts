import type { Account } from '#libs/bank';
import type { ModeName } from './modes.js';
import { Connection } from '../http/connection.js';
import { CookieJar } from '../http/cookie-jar.js';
import { TransferBook } from './transfer-book.js';

/** What auth handed out at sign-in; `expiresAt` is `performance.now()` time. */
export interface CustomerTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: number;
}

/** A virtual customer: who it is, what it holds, and its one connection to the bank. */
export class BankCustomer {
  readonly connection: Connection;
  credentials: CustomerTokens | undefined;
  readonly #jars = new Map<ModeName, CookieJar>();

  constructor(
    readonly username: string,
    readonly password: string,
    readonly accounts: readonly Account[],
    private readonly baseUrl: string,
    readonly transfers = new TransferBook(),
  ) {
    this.connection = new Connection(baseUrl);
  }

  /** The account that it pays from and is paid to. */
  get current(): Account {
    const account = this.accounts.find(({ kind }) => kind === 'current');
    if (account === undefined) throw new Error(`${this.username} has no current account.`);
    return account;
  }

  /** From now on sends the cookies of this mode alone, as the customer of a bank that runs no other. */
  useCookiesOf(mode: ModeName): void {
    const jar = this.#jars.get(mode) ?? new CookieJar();
    this.#jars.set(mode, jar);
    this.connection.cookies = jar;
  }

  /** The same person at another device: a connection and cookies of its own, and the same book. */
  anotherDevice(): BankCustomer {
    return new BankCustomer(this.username, this.password, this.accounts, this.baseUrl, this.transfers);
  }
}
