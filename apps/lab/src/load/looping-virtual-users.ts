import { setMaxListeners } from 'node:events';
import type { Executor } from './executor.js';
import { sharedIterations } from './shared-iterations.js';
import type { Starts } from './starts.js';

/**
 * What one user does from coming in until it is to leave.
 * @param arrived called as soon as it is in
 */
export type UserLoop = (user: number, arrived: () => void, leaving: AbortSignal) => Promise<void>;

/** Users who come in, and go on with what they do, one request after the other, until they are sent away. */
export class LoopingVirtualUsers implements Executor {
  readonly #leaving = new AbortController();
  #running: Promise<Starts> | undefined;

  /** @param arriveAtOnce how many may be on their way in at the same time */
  constructor(
    private readonly users: number,
    private readonly loop: UserLoop,
    private readonly arriveAtOnce = users,
  ) {}

  /** @param arrived called when all are in */
  async run(stopping: AbortSignal, arrived: () => void = () => undefined): Promise<Starts> {
    setMaxListeners(0, stopping);
    const loops: Promise<void>[] = [];
    const comeIn = (_: number, user: number): Promise<void> =>
      new Promise((isIn) => loops.push(this.loop(user, isIn, stopping).finally(isIn)));
    const starts = await sharedIterations({
      users: this.arriveAtOnce,
      iterations: this.users,
      iterate: comeIn,
    }).run();
    arrived();
    await Promise.all(loops);
    return starts;
  }

  /** Runs until they are to leave; resolves when all are in. */
  arrive(): Promise<void> {
    return new Promise((arrived) => {
      this.#running = this.run(this.#leaving.signal, arrived);
    });
  }

  /** Sends all away; resolves when they have gone, and rejects with what stopped one of them before. */
  async leave(): Promise<void> {
    this.#leaving.abort();
    await this.#running;
  }
}
