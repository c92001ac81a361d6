import { setMaxListeners } from 'node:events';

/**
 * What one user does from coming in until it is to leave.
 * @param arrived called as soon as it is in
 */
export type UserLoop = (user: number, arrived: () => void, leaving: AbortSignal) => Promise<void>;

/** Users who come in, and go on with what they do, one request after the other, until they are sent away. */
export class LoopingUsers {
  readonly #leaving = new AbortController();
  readonly #loops: Promise<void>[] = [];

  /** @param arriveAtOnce how many may be on their way in at the same time */
  constructor(
    private readonly loop: UserLoop,
    private readonly arriveAtOnce = Infinity,
  ) {
    setMaxListeners(0, this.#leaving.signal);
  }

  /** Lets that many in; resolves when each is in. */
  async arrive(count: number): Promise<void> {
    let next = 0;
    const line = async (): Promise<void> => {
      while (next < count) {
        const user = next++;
        await new Promise<void>((arrived) => {
          this.#loops.push(this.loop(user, arrived, this.#leaving.signal).finally(arrived));
        });
      }
    };
    await Promise.all(Array.from({ length: Math.min(count, this.arriveAtOnce) }, line));
  }

  /** Sends all away; resolves when they have gone, and rejects with what stopped one of them before. */
  async leave(): Promise<void> {
    this.#leaving.abort();
    await Promise.all(this.#loops);
  }
}
