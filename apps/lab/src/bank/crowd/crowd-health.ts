import { GeneratorHealth } from '../../load/generator-health.js';
import { Starts } from '../../load/starts.js';

/** Whether the lab itself keeps up with the customers that it sends: of late, and on the whole. */
export class CrowdHealth {
  readonly #whole = { starts: new Starts(), health: new GeneratorHealth() };
  #recent = { starts: new Starts(), health: new GeneratorHealth(), until: performance.now() };
  #behind: string | null = null;

  /** @param everyMs how long a moment is, of which it is told */
  constructor(private readonly everyMs = 5_000) {
    this.#recent.until += everyMs;
  }

  /** A customer came, or asked, that much later than it meant to. */
  started(lateMs: number): void {
    this.#whole.starts.add(lateMs);
    this.#recent.starts.add(lateMs);
  }

  /** Why the latest latencies tell of the lab rather than of the bank; null where they do not. */
  get behind(): string | null {
    const now = performance.now();
    const { starts, health, until } = this.#recent;
    if (now >= until) {
      this.#behind = health.end([starts]).behind ?? null;
      this.#recent = { starts: new Starts(), health: new GeneratorHealth(), until: now + this.everyMs };
    }
    return this.#behind;
  }

  /** The same of all the time until now; watches no more. */
  end(): string | null {
    this.#recent.health.end([]);
    return this.#whole.health.end([this.#whole.starts]).behind ?? null;
  }
}
