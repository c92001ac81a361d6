import type { Clock } from '#libs/service';
import { expiryOf, type Session, type SessionBounds, type SessionLimits } from '../sessions/session.js';
import { tooManySessions, type MissingCause } from './session-store.js';

const sweepEveryMs = 1_000;
const sweepAtOnce = 20_000;
const maxEnded = 10_000;

/** The sessions in one pod's memory, and why the latest of those that ended did. */
export class HeldSessions {
  readonly #sessions = new Map<string, Session>();
  /** A customer's only session, as nearly all have, or all of them: a set for each would cost as much as a session. */
  readonly #ofCustomer = new Map<string, Session | Set<Session>>();
  readonly #ended = new Map<string, MissingCause>();
  readonly #timer: NodeJS.Timeout;
  #sweep: IterableIterator<Session> = this.#sessions.values();

  constructor(
    private readonly clock: Clock,
    private readonly limits: SessionLimits,
    private readonly bounds: SessionBounds,
  ) {
    this.#timer = setInterval(() => this.sweep(), sweepEveryMs).unref();
  }

  get size(): number {
    return this.#sessions.size;
  }

  /**
   * Takes a new session within the bounds.
   * @throws CodedError too-many-sessions
   */
  admit(session: Session): void {
    const { max, maxOfCustomer } = this.bounds;
    const known = this.#ofCustomer.get(session.customerId);
    const others = known instanceof Set || known === undefined ? known : new Set([known]);
    if (others && others.size >= maxOfCustomer) this.end(longestUnused(others).id, 'replaced');
    if (this.size >= max) throw tooManySessions('This pod', max);
    this.set(session);
  }

  /** Takes a session that was elsewhere before, whatever the bounds. */
  set(session: Session): void {
    const { id, customerId } = session;
    this.#sessions.set(id, session);
    const known = this.#ofCustomer.get(customerId);
    if (known instanceof Set) known.add(session);
    else this.#ofCustomer.set(customerId, known === undefined ? session : new Set([known, session]));
  }

  /** A session that has not expired. */
  get(id: string): Session | undefined {
    const session = this.#sessions.get(id);
    if (!session || expiryOf(session, this.limits) > this.clock.now()) return session;
    this.end(id, 'expired');
    return undefined;
  }

  /** Takes a session out that is elsewhere from now on. */
  drop(session: Session): void {
    if (this.#sessions.get(session.id) === session) this.#remove(session);
  }

  /** Lets a session go and remembers why. */
  end(id: string, cause: MissingCause): void {
    const session = this.#sessions.get(id);
    if (session) this.#remove(session);
    this.#ended.set(id, cause);
    if (this.#ended.size <= maxEnded) return;
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

  #remove(session: Session): void {
    this.#sessions.delete(session.id);
    const known = this.#ofCustomer.get(session.customerId);
    if (known instanceof Set) known.delete(session);
    if (!(known instanceof Set) || known.size === 0) this.#ofCustomer.delete(session.customerId);
  }
}

function longestUnused(sessions: ReadonlySet<Session>): Session {
  return [...sessions].reduce((one, other) => (other.lastSeenAt < one.lastSeenAt ? other : one));
}
