import { Latencies } from './latency.js';

interface Second {
  at: number;
  requests: number;
  readonly latencies: Latencies;
}

/** What the last few seconds were like, in memory that does not grow. */
export class Recent {
  readonly #ring: Second[];

  constructor(
    private readonly seconds = 5,
    private readonly significantDigits: 2 | 3 = 3,
  ) {
    // One more for the second that is still filling, which would otherwise look slow.
    this.#ring = Array.from({ length: seconds + 1 }, () => ({ at: -1, requests: 0, latencies: this.#none() }));
  }

  /** `nowMs` from any fixed start; `latencyMs` undefined for a request that was not answered. */
  add(nowMs: number, latencyMs: number | undefined): void {
    const at = Math.floor(nowMs / 1_000);
    const second = this.#ring[at % this.#ring.length]!;
    if (second.at !== at) {
      second.at = at;
      second.requests = 0;
      second.latencies.reset();
    }
    second.requests++;
    if (latencyMs !== undefined) second.latencies.record(latencyMs);
  }

  /** Requests a second and latencies of the whole seconds that are over. */
  at(nowMs: number): { perSecond: number; latencies: Latencies } {
    const current = Math.floor(nowMs / 1_000);
    const seconds = Math.max(1, Math.min(this.seconds, current));
    const latencies = this.#none();
    let requests = 0;
    for (const second of this.#ring) {
      if (second.at < current - seconds || second.at >= current) continue;
      requests += second.requests;
      latencies.add(second.latencies);
    }
    return { perSecond: requests / seconds, latencies };
  }

  #none(): Latencies {
    return new Latencies(this.significantDigits);
  }
}
