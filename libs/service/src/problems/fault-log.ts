import type { Log } from '../log.js';
import type { Problem } from './problem.js';

const everyMs = 10_000;

/**
 * Tells the log of faults: the first of a kind whole, and of those that follow how many came in each interval. In an
 * overload or while the store is away there are thousands a second, each with the same stack.
 */
export class FaultLog {
  /** How many of each kind came since its last line; a kind of which none came in an interval is forgotten. */
  readonly #more = new Map<string, { problem: Problem; count: number }>();
  readonly #ticking: NodeJS.Timeout;

  constructor(private readonly log: Pick<Log, 'error'>) {
    this.#ticking = setInterval(() => this.#reportMore(), everyMs).unref();
  }

  tell(error: unknown, problem: Problem, requestId: string): void {
    const kind = kindOf(error, problem);
    const more = this.#more.get(kind);
    if (more !== undefined) more.count += 1;
    else {
      this.#more.set(kind, { problem, count: 0 });
      this.log.error({ err: error, requestId }, problem.title);
    }
  }

  /** Tells what was counted and not told yet. */
  close(): void {
    clearInterval(this.#ticking);
    this.#reportMore();
  }

  #reportMore(): void {
    for (const [kind, more] of this.#more) {
      const { count, problem } = more;
      if (count === 0) this.#more.delete(kind);
      else this.log.error({ type: problem.type, count, seconds: everyMs / 1_000 }, `${problem.title}: as often again`);
      more.count = 0;
    }
  }
}

/** Faults of ours that nobody foresaw have one type and are told apart by the line that threw, of which there are so many. */
function kindOf(error: unknown, { type }: Problem): string {
  if (type !== 'urn:tellers:problem:internal-error' || !(error instanceof Error)) return type;
  return `${type}${/^\s+at .*$/m.exec(error.stack ?? '')?.[0] ?? ''}`;
}
