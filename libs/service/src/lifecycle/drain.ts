import type { Clock } from '../clock.js';

export const DRAIN = Symbol('DRAIN');

/** What a service does about its own state when it stops. */
export interface DrainTask {
  /** Called once, when the drain begins. */
  begin(): Promise<void>;
  /** Whether the pod may go before its deadline. */
  idle(): boolean;
}

/** A pod that stops: it stays ready for the clients it has, and goes when they are gone or at the deadline. */
export class Drain {
  #inFlight = 0;
  #lastRequestAt: number;
  #drained: Promise<void> | undefined;
  #leaving = false;
  readonly #tasks: DrainTask[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly limits: { deadlineMs: number; quietMs: number; leaveMs: number },
  ) {
    this.#lastRequestAt = clock.now();
  }

  get draining(): boolean {
    return this.#drained !== undefined;
  }

  /** The last moments, in which the front door is to forget the pod: it still serves, and is not ready any more. */
  get leaving(): boolean {
    return this.#leaving;
  }

  add(task: DrainTask): void {
    this.#tasks.push(task);
  }

  requestBegan(): void {
    this.#inFlight += 1;
    this.#lastRequestAt = this.clock.now();
  }

  requestEnded(): void {
    this.#inFlight -= 1;
  }

  /** Begins to drain, once; resolves when the pod may exit. */
  begin(): Promise<void> {
    this.#drained ??= this.#drain();
    return this.#drained;
  }

  async #drain(): Promise<void> {
    const beganAt = this.clock.now();
    // The front door may still send new clients for a moment: silence is counted from here.
    this.#lastRequestAt = beganAt;
    const begun = Promise.all(this.#tasks.map((task) => task.begin()));
    await Promise.race([begun, delay(this.limits.deadlineMs)]);
    while (!this.#idle() && this.clock.now() - beganAt < this.limits.deadlineMs) await delay(20);
    // Nobody has come for a while: the front door has forgotten the pod already.
    if (this.#idle()) return;
    this.#leaving = true;
    await delay(this.limits.leaveMs);
  }

  #idle(): boolean {
    return (
      this.#inFlight === 0 &&
      this.clock.now() - this.#lastRequestAt >= this.limits.quietMs &&
      this.#tasks.every((task) => task.idle())
    );
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
