import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Log, PodIdentity } from '#libs/service';
import type { BootRegistry } from '../pods/boot-registry.js';
import type { LoadBoard } from '../rebalancing/load-board.js';
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
  /** Sessions that are being let go, and those of which the store did not say whether it has them. */
  readonly #moving = new Map<string, Promise<unknown> | 'unsure'>();

  constructor(
    private readonly pod: PodIdentity,
    private readonly sessions: HeldSessions,
    private readonly records: HandoffRecords,
    private readonly boots: BootRegistry,
    private readonly clock: Clock,
    private readonly log: Log,
    /** Tells which pods let sessions go while they serve. */
    private readonly board: Pick<LoadBoard, 'isLettingGo'>,
  ) {}

  get held(): number {
    return this.sessions.size;
  }

  async add(session: Session): Promise<void> {
    this.sessions.admit(session);
  }

  async update<Result>(id: string, change: (session: Session) => Result): Promise<Result> {
    const session = this.#own(id) ?? (await this.#adopt(id));
    session.lastSeenAt = this.clock.now();
    try {
      return change(session);
    } finally {
      // A refusal, too, must come of the copy that counts, and not of one that another pod has taken since.
      if (this.#draining) await this.#writeThrough(session);
    }
  }

  async remove(id: string): Promise<void> {
    const session = this.#own(id) ?? (await this.#adopt(id));
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

  /** Milliseconds since a session was asked for; 0 where it is not here. */
  idleMs(id: string): number {
    const session = this.#own(id);
    return session === undefined ? 0 : this.clock.now() - session.lastSeenAt;
  }

  /**
   * Writes a session out, to be adopted by the pod that its client reaches next; false where it stays. Where the store does
   * not say whether it has it, the session is taken back before it is used again.
   * @throws a fault of the store
   */
  async letGo(id: string): Promise<boolean> {
    const session = this.#own(id);
    if (session === undefined || this.#draining) return false;
    const written = this.records.write(session, this.pod.bootId, this.clock.now());
    this.#moving.set(id, written);
    try {
      if (!(await written)) this.#disown(id);
    } catch (error) {
      if (error instanceof SessionMissing) this.#moving.delete(id);
      // Also after a refusal: ioredis may have sent it before, to a store that took it.
      else this.#moving.set(id, 'unsure');
      throw error;
    }
    this.sessions.drop(session);
    this.#moving.delete(id);
    return true;
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

  /** A session in this pod's memory, unless it is on its way out of it. */
  #own(id: string): Session | undefined {
    return this.#moving.size > 0 && this.#moving.has(id) ? undefined : this.sessions.get(id);
  }

  /** What was on its way and did not go: it is nobody else's, now or never. */
  async #takeBack(id: string): Promise<Session | undefined> {
    const moving = this.#moving.get(id);
    if (moving === undefined) return undefined;
    if (moving !== 'unsure') await moving.catch(() => {});
    if (this.#moving.get(id) === 'unsure') {
      const { session, owner = this.pod.bootId } = await this.records.take(id, this.pod.bootId);
      this.#moving.delete(id);
      if (session === undefined && owner !== this.pod.bootId) this.#disown(id);
    }
    return this.#own(id);
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
    const kept = await this.#takeBack(id);
    if (kept) return kept;
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
      if ((state === 'serving' && !this.board.isLettingGo(owner)) || Date.now() > deadline)
        throw new SessionMissing('misrouted');
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
