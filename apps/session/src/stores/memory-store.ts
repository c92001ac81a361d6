import type { Clock, PodIdentity } from '#libs/service';
import type { BootRegistry } from '../pods/boot-registry.js';
import { bootOf, type Session } from '../sessions/session.js';
import type { HeldSessions } from './held-sessions.js';
import { SessionMissing, type MissingCause, type SessionStore } from './session-store.js';

/** Sessions in this pod's memory alone: fast, and gone with the pod. */
export class MemoryStore implements SessionStore {
  readonly inPod = true;

  constructor(
    private readonly pod: PodIdentity,
    private readonly sessions: HeldSessions,
    private readonly boots: BootRegistry,
    private readonly clock: Clock,
  ) {}

  get held(): number {
    return this.sessions.size;
  }

  async add(session: Session): Promise<void> {
    this.sessions.admit(session);
  }

  async update<Result>(id: string, change: (session: Session) => Result): Promise<Result> {
    const session = this.sessions.get(id);
    if (!session) throw new SessionMissing(await this.#whyMissing(id));
    session.lastSeenAt = this.clock.now();
    return change(session);
  }

  async remove(id: string): Promise<void> {
    await this.update(id, () => this.sessions.end(id, 'signed-out'));
  }

  /** Tells other pods, so that they don't call a session misrouted that goes with this pod. */
  async drain(): Promise<void> {
    await this.boots.drain().catch(() => {
      // The next heartbeat tells it.
    });
  }

  idle(): boolean {
    return this.sessions.size === 0;
  }

  close(): void {
    this.sessions.close();
  }

  async #whyMissing(id: string): Promise<MissingCause> {
    const ended = this.sessions.whyEnded(id);
    if (ended) return ended;
    const boot = bootOf(id) ?? '';
    if (boot === this.pod.bootId) return 'expired';
    return (await this.boots.stateOf(boot)) === 'serving' ? 'misrouted' : 'owner-gone';
  }
}
