import { setTimeout as sleep } from 'node:timers/promises';
import { due } from '../load/due.js';
import { modes, type ModeName } from './modes.js';
import type { BankCustomer } from './customer.js';
import type { Send } from '../http/retry.js';
import type { RecordedRequest } from '../http/recorded-request.js';
import { SessionLost, RequestRefused, Stopped, NoAnswer } from '../http/step-error.js';
import type { TransferStage, Observer, CustomerSession } from './observer.js';
import type { SessionEnd } from '../load/observer.js';

/** Enough to outlive a pod that is replaced: about six seconds in all. */
const attemptsPerAsk = 7;
const firstPauseMs = 100;
const longestPauseMs = 2_000;

/** One customer at the bank from coming to going: asks, waits, asks again, and tells an observer. */
export class ClientSession {
  session: CustomerSession | undefined;
  /** True when an attempt of the latest ask was never answered, so that it may have been done. */
  doubtful = false;
  /** How often the latest ask was sent. */
  attempts = 0;
  /** The number of the latest visit of this session that the service told. */
  #visit = 0;
  #dueAt: number;

  constructor(
    readonly customer: BankCustomer,
    readonly mode: ModeName,
    readonly observer: Observer,
    /** When the customer meant to come, in `performance.now()` time. */
    intendedAt: number,
    readonly stopping?: AbortSignal,
  ) {
    this.#dueAt = intendedAt;
    customer.useCookiesOf(mode);
  }

  /** Waits as a person does between two requests; the next one is due when the wait should be over. */
  async think(ms: number): Promise<void> {
    if (ms === 0) return;
    const plannedAt = performance.now() + ms;
    await sleep(ms, undefined, this.stopping === undefined ? {} : { signal: this.stopping }).catch(() => {
      throw new Stopped();
    });
    this.observer.started(performance.now() - plannedAt);
    this.#dueAt = due(plannedAt);
  }

  /**
   * Asks until there is an answer that counts, the same request with the same key each time, a bounded number of times.
   * @throws SessionLost, Refused or Unanswered
   */
  readonly request: Send = async (request) => {
    const intendedAt = this.#dueAt;
    this.doubtful = false;
    for (this.attempts = 1; ; this.attempts++) {
      const recorded = await this.customer.connection.send(request);
      this.#dueAt = recorded.endedAt;
      this.observer.requestRecorded(recorded, intendedAt);
      if (request.path.startsWith(modes[this.mode].path)) this.#heard(recorded, recorded.endedAt - intendedAt);
      const { outcome } = recorded;
      if (outcome.kind === 'ok') return recorded;
      if (outcome.kind === 'session-lost') throw new SessionLost(outcome.cause);
      if (outcome.kind === 'unknown') this.doubtful = true;
      const again = outcome.kind === 'unknown' || outcome.again;
      if (!again || this.attempts === attemptsPerAsk || this.stopping?.aborted) {
        throw outcome.kind === 'unknown' ? new NoAnswer(outcome.why) : new RequestRefused(outcome.problem);
      }
      await sleep(recorded.retryAfterMs ?? Math.min(longestPauseMs, firstPauseMs * 2 ** (this.attempts - 1)));
    }
  };

  /** Waits for what was asked of auth in another's name: that is no time of this mode, and the next request is due then. */
  async waitAtAuth(answer: Promise<unknown>): Promise<void> {
    await answer;
    this.#dueAt = performance.now();
  }

  open({ servedBy }: Pick<RecordedRequest, 'servedBy'>): void {
    this.session = { mode: this.mode, home: servedBy, end: undefined };
    this.#visit = 0;
    this.observer.opened(this.session);
  }

  /** A service that remembers counts visits: a number that is not above the one before comes of an older copy of the session. */
  visited(visit: number): void {
    if (this.session !== undefined && visit <= this.#visit) {
      this.observer.contradicted(this.session, `it was visit ${visit} after visit ${this.#visit} of the same session`);
    }
    this.#visit = visit;
  }

  lose(cause: string, unfinished: TransferStage | undefined): void {
    this.#end({ how: 'lost', cause, unfinished });
  }

  close(servedBy: RecordedRequest['servedBy']): void {
    this.#end({ how: 'signed-out', servedBy });
  }

  /** Goes without a word, as most people do; does nothing when the session has ended already. */
  leave(): void {
    this.#end({ how: 'left' });
  }

  #end(end: SessionEnd): void {
    if (this.session === undefined) return;
    this.session.end = end;
    this.observer.ended(this.session);
    this.session = undefined;
  }

  /** A pod that does not know the session, or cannot tell whether it does, is not its home. */
  #heard({ servedBy, outcome, status = 0, startedAt }: RecordedRequest, latencyMs: number): void {
    if (this.session === undefined || outcome.kind === 'session-lost') return;
    if (status >= 500 || (servedBy === undefined && outcome.kind === 'unknown')) {
      this.session.unsureSince ??= startedAt;
      return;
    }
    if (servedBy === undefined) return;
    const { home } = this.session;
    this.session.home = servedBy;
    this.session.unsureSince = undefined;
    if (home !== undefined && home.bootId !== servedBy.bootId) this.observer.moved(this.session, latencyMs);
  }
}
