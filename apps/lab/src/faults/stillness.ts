import type { Exchange } from '../customers/exchange.js';
import type { ModeName } from '../modes.js';
import { Violation } from './fault.js';

/** For what comes right after, when all that waited is done at once. */
const leewayMs = 1_500;
const timeOuts = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

interface Unanswered {
  readonly mode: ModeName;
  readonly exchange: Exchange;
}

/** Tells the requests that had to go without an answer, since something was held still, from those that had not. */
export class Stillness {
  readonly #spans: { readonly from: number; readonly to: number }[] = [];
  #unanswered: Unanswered[] = [];

  was(from: number, to: number): void {
    this.#spans.push({ from, to: to + leewayMs });
  }

  met(mode: ModeName, exchange: Exchange): void {
    const { outcome } = exchange;
    if (outcome.kind === 'unknown' && timeOuts.includes(outcome.why)) this.#unanswered.push({ mode, exchange });
  }

  /** @throws Violation for a request that nobody answered in time, nor cut off, while all was running */
  check(): void {
    const unexcused = this.#unanswered.find(
      ({ exchange: { startedAt, endedAt } }) => !this.#spans.some(({ from, to }) => from < endedAt && startedAt < to),
    );
    this.#unanswered = [];
    if (unexcused === undefined) return;
    const { ask, startedAt, endedAt } = unexcused.exchange;
    const waitedMs = Math.round(endedAt - startedAt);
    throw new Violation(
      `${unexcused.mode}: ${ask.method} ${ask.path} was not answered within ${waitedMs} ms, nor its connection closed.`,
    );
  }
}
