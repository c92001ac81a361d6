import type { RecordedRequest } from '../http/recorded-request.js';
import type { ModeName } from '../bank/modes.js';
import { Violation } from './fault.js';

/** For what comes right after, when all that waited is done at once. */
const leewayMs = 1_500;
/** Of a time-out's three seconds: who had no core for so long may be late for that alone. */
const fullMs = 1_000;
const timeOuts = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

interface StillSpan {
  readonly from: number;
  readonly to: number;
}

interface Unanswered {
  readonly mode: ModeName;
  readonly recorded: RecordedRequest;
}

/** Tells the requests that had to go without an answer, since something was held still, from those that had not. */
export class Stillness {
  readonly #spans: StillSpan[] = [];
  readonly #full: StillSpan[] = [];
  #late = 0;
  #unanswered: Unanswered[] = [];

  was(from: number, to: number): void {
    this.#spans.push({ from, to: to + leewayMs });
  }

  /** Nor can anything be told of a bank that has no core to run on. */
  machineWasFull(from: number, to: number): void {
    this.#full.push({ from, to });
  }

  /** Requests without an answer for which the machine may be to blame. */
  get lateByMachine(): number {
    return this.#late;
  }

  met(mode: ModeName, recorded: RecordedRequest): void {
    const { outcome } = recorded;
    if (outcome.kind === 'unknown' && timeOuts.includes(outcome.why)) this.#unanswered.push({ mode, recorded });
  }

  /** @throws Violation for a request that nobody answered in time, nor cut off, while all was running */
  check(): void {
    const unexcused = this.#unanswered.filter(
      ({ recorded: { startedAt, endedAt } }) => !this.#spans.some(({ from, to }) => from < endedAt && startedAt < to),
    );
    this.#unanswered = [];
    const told = unexcused.filter(({ recorded }) => this.#msFull(recorded) < fullMs);
    this.#late += unexcused.length - told.length;
    const [first] = told;
    if (first === undefined) return;
    const { request, startedAt, endedAt } = first.recorded;
    const waitedMs = Math.round(endedAt - startedAt);
    throw new Violation(
      `${first.mode}: ${request.method} ${request.path} was not answered within ${waitedMs} ms, nor its connection closed.`,
    );
  }

  #msFull({ startedAt, endedAt }: RecordedRequest): number {
    const within = this.#full.map(({ from, to }) => Math.min(to, endedAt) - Math.max(from, startedAt));
    return within.reduce((sum, ms) => sum + Math.max(0, ms), 0);
  }
}
