/** Runs tasks, at most `running` at once and `waiting` more in line. */
export class BoundedQueue {
  #running = 0;
  readonly #line: (() => void)[] = [];

  constructor(private readonly bounds: { readonly running: number; readonly waiting: number }) {}

  /** Whether a task given now would be refused. */
  get full(): boolean {
    return this.#running >= this.bounds.running && this.#line.length >= this.bounds.waiting;
  }

  /** Runs a task when its turn comes. Ask `full` first. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.bounds.running) await new Promise<void>((turn) => this.#line.push(turn));
    else this.#running += 1;
    try {
      return await task();
    } finally {
      // The place goes straight to the next in line, so that nobody slips in between.
      const next = this.#line.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
