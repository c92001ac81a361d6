/** A task that gave its place to one of a client that waits with fewer. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';

  constructor() {
    super('No more tasks may wait.');
  }
}

interface Waiting {
  readonly begin: () => void;
  readonly refuse: (error: QueueFull) => void;
}

/**
 * Runs tasks, at most `running` at once and `waiting` more in line. Each client has a line of its own, and the lines take
 * turns; when all places are taken, the longest line gives up its last.
 */
export class FairQueue {
  #running = 0;
  #waiting = 0;
  /** In the order of their turns; none is empty. */
  readonly #lines = new Map<string, Waiting[]>();

  constructor(private readonly bounds: { readonly running: number; readonly waiting: number }) {}

  /**
   * Runs a client's task when its turn comes.
   * @throws QueueFull also later, when clients with shorter lines have come
   */
  async run<Result>(client: string, task: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.bounds.running) this.#running += 1;
    else await this.#wait(client);
    try {
      return await task();
    } finally {
      // The place goes straight to the next in line, so that nobody slips in between.
      const next = this.#next();
      if (next) next.begin();
      else this.#running -= 1;
    }
  }

  #wait(client: string): Promise<void> {
    if (this.#waiting >= this.bounds.waiting) this.#makeRoomFor(client);
    return new Promise((begin, refuse) => {
      const line = this.#lines.get(client);
      if (line) line.push({ begin, refuse });
      else this.#lines.set(client, [{ begin, refuse }]);
      this.#waiting += 1;
    });
  }

  #makeRoomFor(client: string): void {
    const [longest] = [...this.#lines].toSorted(([, one], [, other]) => other.length - one.length);
    const own = this.#lines.get(client)?.length ?? 0;
    // Of two equally long lines none is better.
    if (longest === undefined || longest[1].length <= own + 1) throw new QueueFull();
    this.#waiting -= 1;
    longest[1].pop()?.refuse(new QueueFull());
  }

  #next(): Waiting | undefined {
    const [first] = this.#lines;
    if (first === undefined) return undefined;
    const [client, line] = first;
    const next = line.shift();
    this.#waiting -= 1;
    this.#lines.delete(client);
    if (line.length > 0) this.#lines.set(client, line);
    return next;
  }
}
