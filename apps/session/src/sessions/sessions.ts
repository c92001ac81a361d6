import { Counter, Gauge } from 'prom-client';
import type { Identity } from '#libs/identity';
import { CodedError, isRedisFault, type Clock, type Drain, type Metrics, type PodIdentity } from '#libs/service';
import { SessionMissing, type SessionStore } from '../stores/session-store.js';
import { rememberActivity } from './session.js';
import { bootOf, newSessionId, type Session } from './session.js';

/** Opens, finds and ends sessions, whatever store holds them. */
export class Sessions {
  readonly #lost: Counter<'cause'>;

  constructor(
    private readonly store: SessionStore,
    private readonly pod: PodIdentity,
    private readonly clock: Clock,
    private readonly drain: Drain,
    metrics: Metrics,
  ) {
    const { registry } = metrics;
    new Gauge({
      name: 'tellers_sessions_open',
      help: 'Sessions that this pod holds in its memory',
      registers: [registry],
      collect() {
        this.set(store.held);
      },
    });
    this.#lost = new Counter({
      name: 'tellers_sessions_unknown_total',
      help: 'Requests whose session is not known to this pod, by cause',
      labelNames: ['cause'],
      registers: [registry],
    });
  }

  /**
   * Opens a session for a caller.
   * @throws CodedError pod-draining, too-many-sessions
   */
  async open({ customerId, name }: Identity): Promise<Session> {
    if (this.drain.draining && this.store.inPod) {
      throw new CodedError('pod-draining', 'Try again: the next request reaches another pod.');
    }
    const now = this.clock.now();
    const id = newSessionId(this.pod.bootId);
    const session: Session = { id, customerId, name, createdAt: now, lastSeenAt: now, visits: 0 };
    rememberActivity(session, { at: now, what: 'signed-in' });
    await this.store.add(session);
    return session;
  }

  /**
   * Applies a change to the session of that id; see {@link SessionStore.update}.
   * @throws CodedError session-missing, SessionMissing
   */
  async update<Result>(id: string | undefined, change: (session: Session) => Result): Promise<Result> {
    try {
      return await this.store.update(requireId(id), change);
    } catch (error) {
      if (error instanceof SessionMissing) this.#lost.inc({ cause: error.missing });
      throw error;
    }
  }

  /** Ends the session of that id. */
  async end(id: string | undefined): Promise<void> {
    await this.store.remove(requireId(id));
  }

  /** Ends the session of that id, or leaves it where it is no more, or held by another pod. */
  async endIfHere(id: string): Promise<void> {
    try {
      await this.end(id);
    } catch (error) {
      // It expires by itself where the store cannot end it now.
      if (!(error instanceof CodedError) && !isRedisFault(error)) throw error;
    }
  }
}

function requireId(id: string | undefined): string {
  if (id !== undefined && bootOf(id) !== undefined) return id;
  throw new CodedError('session-missing', 'Open a session first, and bring the cookie that you were given.');
}
