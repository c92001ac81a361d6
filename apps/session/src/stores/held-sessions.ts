import type { Clock } from '#libs/service';
import { expiryOf, type Session, type SessionLimits } from '../sessions/session.js';
import type { MissingCause } from './session-store.js';

const sweepEveryMs = 1_000;
const sweepAtOnce = 20_000;
const mostEnded = 10_000;

/** The sessions in one pod's memory, and why the latest of those that ended did. */
export class HeldSessions {
  readonly #sessions = new Map<string, Session>();
  readonly #ended = new Map<string, MissingCause>();
  readonly #timer: NodeJS.Timeout;
  #sweep: IterableIterator<Session> = this.#sessions.values();

  constructor(
    private readonly clock: Clock,
    private readonly limits: SessionLimits,
  ) {
    this.#timer = setInterval(() => this.sweep(), sweepEveryMs).unref();
  }

  get size(): number {
    return this.#sessions.size;
  }

  set(session: Session): void {
    this.#sessions.set(session.id, session);
  }

  /** A session that has not expired. */
  get(id: string): Session | undefined {
    const session = this.#sessions.get(id);
    if (!session || expiryOf(session, this.limits) > this.clock.now()) return session;
    this.end(id, 'expired');
    return undefined;
  }

  /** Lets a session go and remembers why. */
  end(id: string, cause: MissingCause): void {
    this.#sessions.delete(id);
    this.#ended.set(id, cause);
    if (this.#ended.size <= mostEnded) return;
    const [oldest] = this.#ended.keys();
    if (oldest !== undefined) this.#ended.delete(oldest);
  }

  whyEnded(id: string): MissingCause | undefined {
    return this.#ended.get(id);
  }

  [Symbol.iterator](): IterableIterator<Session> {
    return this.#sessions.values();
  }

  /** Ends expired sessions, a part of all at a time, so that no request waits for it. */
  sweep(): void {
    for (let count = 0; count < sweepAtOnce; count += 1) {
      const { value, done } = this.#sweep.next();
      if (done) {
        this.#sweep = this.#sessions.values();
        return;
      }
      this.get(value.id);
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
