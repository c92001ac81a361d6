import type { Redis } from 'ioredis';
import { GrowingWait, LimitExceeded } from '#libs/service';
import type { AuthEnvironment } from '../environment.js';

/** Whose password is tried, and from where. */
export interface Try {
  readonly username: string;
  readonly address: string;
  /** Of a client that may be the customer's own: only its own failures there count against it. */
  readonly isTrusted: boolean;
}

/** At an address and at a customer as a whole, waits stay short: others come that way, too. */
const maxSeconds = { pair: 900, customer: 60, address: 60 };

/**
 * Makes guesses at passwords slow: of one address at one customer, of many addresses at one customer, and of one address at
 * many. No customer is locked out: from an address where nobody failed, or they have signed in before, they need not wait.
 */
export class WrongPasswords {
  readonly #ofPair: GrowingWait;
  readonly #ofCustomer: GrowingWait;
  readonly #ofAddress: GrowingWait;

  constructor(redis: Redis, environment: AuthEnvironment) {
    const wait = (name: string, freeFailures: number, max: number) =>
      new GrowingWait(redis, environment.REDIS_KEY_PREFIX, { name, freeFailures, maxSeconds: max });
    this.#ofPair = wait('wrong-passwords', environment.WRONG_PASSWORDS, maxSeconds.pair);
    this.#ofCustomer = wait(
      'wrong-passwords-of-customer',
      environment.WRONG_PASSWORDS_OF_CUSTOMER,
      maxSeconds.customer,
    );
    this.#ofAddress = wait('wrong-passwords-of-address', environment.WRONG_PASSWORDS_OF_ADDRESS, maxSeconds.address);
  }

  /** @throws LimitExceeded `too-many-failures` for a try that must wait */
  async admit(one: Try): Promise<void> {
    const waits = await Promise.all(
      this.#keys(one).map(async ([wait, key]) => ({ name: wait.policy.name, seconds: await wait.left(key) })),
    );
    const [longest] = waits.toSorted((a, b) => b.seconds - a.seconds);
    if (longest === undefined || longest.seconds === 0) return;
    const message = 'Too many wrong passwords came before: this one was not tried.';
    throw new LimitExceeded('too-many-failures', message, longest.name, longest.seconds);
  }

  async failed(one: Try): Promise<void> {
    await Promise.all(this.#keys(one).map(([wait, key]) => wait.failed(key)));
  }

  async succeeded({ username, address }: Try): Promise<void> {
    await this.#ofPair.forgive(pairOf(username, address));
  }

  #keys({ username, address, isTrusted }: Try): [GrowingWait, string][] {
    const own: [GrowingWait, string] = [this.#ofPair, pairOf(username, address)];
    return isTrusted ? [own] : [own, [this.#ofCustomer, username], [this.#ofAddress, address]];
  }
}

function pairOf(username: string, address: string): string {
  return `${username}:${address}`;
}
