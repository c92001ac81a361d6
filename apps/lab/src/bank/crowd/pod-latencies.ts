import { Recent } from '../../load/recent.js';

const overSeconds = 5;
/** A pod that answered nobody for so long is forgotten. */
const forgottenAfterMs = 60_000;

/** What the crowd's pods have answered of late. */
export class PodLatencies {
  readonly #pods = new Map<string, { readonly recent: Recent; lastMs: number }>();
  #unreported = new Map<string, number>();

  /** @param latencyMs undefined for a request that was refused */
  add(pod: string, nowMs: number, latencyMs: number | undefined): void {
    this.#unreported.set(pod, (this.#unreported.get(pod) ?? 0) + 1);
    let seen = this.#pods.get(pod);
    if (seen === undefined) this.#pods.set(pod, (seen = { recent: new Recent(overSeconds, 2), lastMs: nowMs }));
    seen.recent.add(nowMs, latencyMs);
    seen.lastMs = nowMs;
  }

  /** Of the last whole seconds; null where there was nothing. */
  p99Ms(pod: string, nowMs: number): number | null {
    const seen = this.#pods.get(pod);
    if (seen === undefined) return null;
    if (nowMs - seen.lastMs > forgottenAfterMs) this.#pods.delete(pod);
    return seen.recent.at(nowMs).latencies.percentileMs(99) ?? null;
  }

  /** How many requests each has answered since this was asked before. */
  take(): Record<string, number> {
    const reported = Object.fromEntries(this.#unreported);
    this.#unreported = new Map();
    return reported;
  }
}
