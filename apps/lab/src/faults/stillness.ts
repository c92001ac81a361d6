import type { RecordedRequest } from '../http/recorded-request.js';
import type { ModeName } from '../bank/modes.js';
import { Violation } from './fault.js';

/** For what comes right after, when all that waited is done at once. */
const leewayMs = 1_500;
const timeOuts = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

interface Unanswered {
  readonly mode: ModeName;
  readonly recorded: RecordedRequest;
}

/** Tells the requests that had to go without an answer, since something was held still, from those that had not. */
export class Stillness {
  readonly #spans: { readonly from: number; readonly to: number }[] = [];
  #unanswered: Unanswered[] = [];

  was(from: number, to: number): void {
    this.#spans.push({ from, to: to + leewayMs });
  }

  met(mode: ModeName, recorded: RecordedRequest): void {
    const { outcome } = recorded;
    if (outcome.kind === 'unknown' && timeOuts.includes(outcome.why)) this.#unanswered.push({ mode, recorded });
  }

  /** @throws Violation for a request that nobody answered in time, nor cut off, while all was running */
  check(): void {
    const unexcused = this.#unanswered.find(
      ({ recorded: { startedAt, endedAt } }) => !this.#spans.some(({ from, to }) => from < endedAt && startedAt < to),
    );
    this.#unanswered = [];
    if (unexcused === undefined) return;
    const { request, startedAt, endedAt } = unexcused.recorded;
    const waitedMs = Math.round(endedAt - startedAt);
    throw new Violation(
      `${unexcused.mode}: ${request.method} ${request.path} was not answered within ${waitedMs} ms, nor its connection closed.`,
    );
  }
}
