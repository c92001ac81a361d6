import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { CodedError, type Clock } from '#libs/service';
import { expiryOf, type Session, type SessionLimits } from '../sessions/session.js';
import { readRecord, writeRecord, type RecordVersion } from './session-record.js';
import { SessionMissing, type SessionStore } from './session-store.js';

/** Replaces a value only if nobody else has: ARGV old, new, milliseconds to live. */
const replaceScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
`;

interface Commands {
  sessionReplace(key: string, before: string, after: string, lifetimeMs: number): Promise<0 | 1>;
}

/** Requests of one session that reach several pods at once try again, at random moments, for so long. */
const patienceMs = 700;
const mostPauseMs = 20;

/** Sessions in Redis: any pod serves any client, and every change costs a round trip. */
export class RedisStore implements SessionStore {
  readonly held = 0;
  readonly inPod = false;
  readonly #commands: Commands;
  /** The last turn of each session that is being changed here. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly clock: Clock,
    private readonly limits: SessionLimits,
    private readonly version: RecordVersion,
  ) {
    redis.defineCommand('sessionReplace', { numberOfKeys: 1, lua: replaceScript });
    this.#commands = redis as unknown as Commands;
  }

  async add(session: Session): Promise<void> {
    const record = writeRecord(session, this.version);
    await this.redis.set(this.#key(session.id), record, 'PX', this.#lifetime(session));
  }

  /** Requests of one session that reach this pod take turns: readers and writers alike keep what they saw. */
  update<Result>(id: string, change: (session: Session) => Result): Promise<Result> {
    const before = this.#turns.get(id);
    const turn = (before ?? Promise.resolve()).then(() => this.#update(id, change));
    const ended = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#turns.set(id, ended);
    void ended.then(() => this.#turns.get(id) === ended && this.#turns.delete(id));
    return turn;
  }

  async #update<Result>(id: string, change: (session: Session) => Result): Promise<Result> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const before = await this.#read(id);
      const session = readRecord(before);
      session.lastSeenAt = this.clock.now();
      const result = change(session);
      const after = writeRecord(session, this.version);
      if (await this.#commands.sessionReplace(this.#key(id), before, after, this.#lifetime(session))) return result;
      if (performance.now() > until) throw new CodedError('session-contended', 'Ask again in a moment.');
      await delay(Math.random() * mostPauseMs);
    }
  }

  async remove(id: string): Promise<void> {
    await this.#read(id);
    await this.redis
      .multi()
      .unlink(this.#key(id))
      .set(this.#endedKey(id), 'signed-out', 'PX', this.limits.idleTimeoutMs)
      .exec();
  }

  drain(): Promise<void> {
    return Promise.resolve();
  }

  idle(): boolean {
    return true;
  }

  close(): void {}

  async #read(id: string): Promise<string> {
    const [stored, ended] = await this.redis.mget(this.#key(id), this.#endedKey(id));
    if (stored) return stored;
    throw new SessionMissing(ended ? 'signed-out' : 'expired');
  }

  #lifetime(session: Session): number {
    return Math.max(1, expiryOf(session, this.limits) - this.clock.now());
  }

  #key(id: string): string {
    return `${this.prefix}session:${id}`;
  }

  #endedKey(id: string): string {
    return `${this.prefix}session-ended:${id}`;
  }
}
