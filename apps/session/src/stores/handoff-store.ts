import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Log, PodIdentity } from '#libs/service';
import type { BootRegistry } from '../pods/boot-registry.js';
import { bootOf, type Session } from '../sessions/session.js';
import { inBuckets, signedOut, type HandoffRecords } from './handoff-records.js';
import type { HeldSessions } from './held-sessions.js';
import { SessionMissing, type SessionStore } from './session-store.js';

/** How long a client waits for a session that its stopping owner has not written out yet. */
const patienceMs = 1_000;
const retryMs = 50;

/** Sessions in this pod's memory; when it stops it writes them out, and the pod that a client reaches next adopts them. */
export class HandoffStore implements SessionStore {
  readonly inPod = true;
  #draining = false;
  #complete = false;

  constructor(
    private readonly pod: PodIdentity,
    private readonly sessions: HeldSessions,
    private readonly records: HandoffRecords,
    private readonly boots: BootRegistry,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  get held(): number {
    return this.sessions.size;
  }

  async add(session: Session): Promise<void> {
    this.sessions.admit(session);
  }

  async update<Result>(id: string, change: (session: Session) => Result): Promise<Result> {
    const session = this.sessions.get(id) ?? (await this.#adopt(id));
    session.lastSeenAt = this.clock.now();
    try {
      return change(session);
    } finally {
      // A refusal, too, must come of the copy that counts, and not of one that another pod has taken since.
      if (this.#draining) await this.#writeThrough(session);
    }
  }

  async remove(id: string): Promise<void> {
    const session = this.sessions.get(id) ?? (await this.#adopt(id));
    this.sessions.end(id, 'signed-out');
    if (!this.#draining && bootOf(id) === this.pod.bootId) return;
    try {
      if (await this.records.forget(id, this.pod.bootId)) return;
    } catch (error) {
      // What is still written out could be taken by another pod: whoever repeats the sign-out repeats this, too.
      this.sessions.set(session);
      throw error;
    }
    this.#disown(id);
  }

  async drain(): Promise<void> {
    this.#draining = true;
    const { size } = this.sessions;
    const beganAt = this.clock.now();
    // Whatever is adopted from now on is written through.
    const buckets = inBuckets(this.sessions);
    while (!this.#complete) {
      try {
        await this.boots.drain();
        await this.records.writeAll(buckets, this.pod.bootId, this.clock.now());
        this.#complete = true;
      } catch (error) {
        this.log.error({ err: error }, 'handing sessions over failed; trying again');
        await delay(retryMs, undefined, { ref: false });
      }
    }
    this.log.info({ sessions: size, ms: this.clock.now() - beganAt }, 'sessions handed over');
  }

  idle(): boolean {
    return this.#complete;
  }

  close(): void {
    this.sessions.close();
  }

  async #writeThrough(session: Session): Promise<void> {
    if (!(await this.records.write(session, this.pod.bootId, this.clock.now()))) this.#disown(session.id);
  }

  /** Another pod has taken it, and answers for it from now on. */
  #disown(id: string): never {
    this.sessions.end(id, 'misrouted');
    throw new SessionMissing('misrouted');
  }

  #refuseEnded(id: string): void {
    const ended = this.sessions.whyEnded(id);
    if (ended) throw new SessionMissing(ended);
  }

  async #adopt(id: string): Promise<Session> {
    this.#refuseEnded(id);
    const deadline = Date.now() + patienceMs;
    let gone: string | undefined;
    for (;;) {
      const { session, owner = bootOf(id) ?? '' } = await this.records.take(id, this.pod.bootId);
      if (session) return this.#keep(session);
      if (owner === signedOut) throw new SessionMissing('signed-out');
      if (owner === this.pod.bootId) throw new SessionMissing('expired');
      if (owner === gone) throw new SessionMissing('owner-gone');
      const state = await this.boots.stateOf(owner);
      if (state === 'gone') {
        // It may have written the session out, and gone, since we looked for that.
        gone = owner;
        continue;
      }
      if (state === 'serving' || Date.now() > deadline) throw new SessionMissing('misrouted');
      await delay(retryMs);
    }
  }

  #keep(session: Session): Session {
    // Two requests may have taken it at once; the first one's copy is the one that others see.
    const known = this.sessions.get(session.id);
    if (known) return known;
    this.#refuseEnded(session.id);
    this.sessions.set(session);
    // A bucket is kept for as long as the session in it that lives longest.
    const kept = this.sessions.get(session.id);
    if (!kept) throw new SessionMissing('expired');
    return kept;
  }
}
