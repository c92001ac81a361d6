import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { FairQueue, QueueFull } from './fair-queue.js';
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

/** Whose turn it is when a password is worked on. */
export interface Turn {
  readonly client: string;
  /** Called when it has come; what it throws is thrown in place of the work. */
  readonly begin?: () => Promise<void>;
}

/** Hashes and checks passwords, each with 19 MiB: a bound keeps a rush from taking all memory, and clients take turns. */
export class Passwords {
  readonly #queue: FairQueue;

  constructor(bounds: PasswordBounds = defaultPasswordBounds) {
    this.#queue = new FairQueue(bounds);
  }

  /**
   * Returns a PHC string with a salt of its own.
   * @throws IdentityError `too-busy`
   */
  hash(password: string, turn: Turn): Promise<string> {
    return this.#run(turn, () => hash(password, cost));
  }

  /**
   * Whether the password is the one that was hashed; always false, at the same cost, where there is no hash.
   * @throws IdentityError `too-busy`
   */
  async verify(passwordHash: string | undefined, password: string, turn: Turn): Promise<boolean> {
    const matches = await this.#run(turn, () => verify(passwordHash ?? nobodysHash, password));
    return matches && passwordHash !== undefined;
  }

  async #run<Result>({ client, begin }: Turn, task: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#queue.run(client, async () => {
        await begin?.();
        return task();
      });
    } catch (error) {
      throw error instanceof QueueFull ? new IdentityError('too-busy') : error;
    }
  }
}
