import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { BoundedQueue } from './bounded-queue.js';
import { IdentityError } from './identity-error.js';

/** argon2id (the library's default variant), 19 MiB, by OWASP's password storage cheat sheet. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Compared with when there is no such customer, so that this takes as long as a wrong password: its digest is all zero. */
const nobodysHash = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** How many passwords are worked on at once, and how many more may wait. */
export interface PasswordBounds {
  readonly running: number;
  readonly waiting: number;
}

/** As many at once as there are cores, and about a second's worth in line. */
export const defaultPasswordBounds: PasswordBounds = {
  running: availableParallelism(),
  waiting: 32 * availableParallelism(),
};

/** Hashes and checks passwords, each with 19 MiB: a bound keeps a rush from taking all memory. */
export class Passwords {
  readonly #queue: BoundedQueue;

  constructor(bounds: PasswordBounds = defaultPasswordBounds) {
    this.#queue = new BoundedQueue(bounds);
  }

  /**
   * Returns a PHC string with a salt of its own.
   * @throws IdentityError `too-busy`
   */
  hash(password: string): Promise<string> {
    return this.#run(() => hash(password, cost));
  }

  /**
   * Whether the password is the one that was hashed; always false, at the same cost, where there is no hash.
   * @throws IdentityError `too-busy`
   */
  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    const matches = await this.#run(() => verify(passwordHash ?? nobodysHash, password));
    return matches && passwordHash !== undefined;
  }

  async #run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#queue.full) throw new IdentityError('too-busy');
    return this.#queue.run(task);
  }
}
