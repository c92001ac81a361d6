import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { CodedError, type Clock, type StoreRoom } from '#libs/service';
import { expiryOf, type Session, type SessionBounds, type SessionLimits } from '../sessions/session.js';
import { readRecord, writeRecord, type RecordVersion } from './session-record.js';
import { SessionMissing, tooManySessions, type SessionStore } from './session-store.js';

/** Replaces a value only if nobody else has: ARGV old, new, milliseconds to live. */
const replaceScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
`;

/**
 * Opens a session within the bounds; 0 where no more are taken. Two sorted sets name the sessions that are open, of all
 * and of the customer, by when each ends unless it is used again: a use changes neither, so whichever is due is looked at
 * here, and kept until it is due anew. Of a customer's twenty that are due first the one ends that was unused the
 * longest. It makes keys itself, which one Redis allows and a Redis Cluster does not
 * (https://redis.io/docs/latest/develop/programmability/eval-intro/).
 */
const openScript = `
local call, all, own = redis.call, KEYS[2], KEYS[3]
local record, id, ms, now = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local most, mostOfCustomer, absoluteMs, endedMs = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7], ARGV[8]
local sessions, ended = ARGV[9], ARGV[10]

local function tidy(set, limit)
  for _, one in ipairs(call('ZRANGE', set, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)) do
    local left = call('PTTL', sessions .. one)
    if left > 0 then call('ZADD', set, now + left, one) else call('ZREM', set, one) end
  end
end

tidy(all, 20)
tidy(own, 20)
if call('ZCARD', own) >= mostOfCustomer then
  local longest, left
  for _, one in ipairs(call('ZRANGE', own, 0, 19)) do
    local its = call('PTTL', sessions .. one)
    if not left or its < left then longest, left = one, its end
  end
  call('UNLINK', sessions .. longest)
  call('SET', ended .. longest, 'replaced', 'PX', endedMs)
  call('ZREM', own, longest)
  call('ZREM', all, longest)
end
if call('ZCARD', all) >= most then tidy(all, 1000) end
if call('ZCARD', all) >= most then return 0 end
call('SET', KEYS[1], record, 'PX', ms)
for _, set in ipairs({all, own}) do
  call('ZADD', set, now + ms, id)
  call('PEXPIRE', set, absoluteMs)
end
return 1
`;

interface SessionCommands {
  sessionOpen(
    ...args: [
      ...keys: [session: string, all: string, own: string],
      ...session: [record: string, id: string, lifetimeMs: number, now: number],
      ...bounds: [max: number, maxOfCustomer: number, absoluteMs: number, endedMs: number],
      ...keyStarts: [sessions: string, ended: string],
    ]
  ): Promise<0 | 1>;
  sessionReplace(key: string, before: string, after: string, lifetimeMs: number): Promise<0 | 1>;
}

/** Requests of one session that reach several pods at once try again, at random moments, for so long. */
const patienceMs = 700;
const maxPauseMs = 20;

/** Sessions in Redis: any pod serves any client, and every change costs a round trip. */
export class RedisStore implements SessionStore {
  readonly held = 0;
  readonly inPod = false;
  readonly #commands: SessionCommands;
  /** The last turn of each session that is being changed here. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly clock: Clock,
    private readonly limits: SessionLimits,
    private readonly bounds: SessionBounds,
    private readonly version: RecordVersion,
    private readonly room: StoreRoom,
  ) {
    redis.defineCommand('sessionOpen', { numberOfKeys: 3, lua: openScript });
    redis.defineCommand('sessionReplace', { numberOfKeys: 1, lua: replaceScript });
    this.#commands = redis as unknown as SessionCommands;
  }

  async add(session: Session): Promise<void> {
    await this.room.require();
    const { id, customerId } = session;
    const { idleTimeoutMs, absoluteTimeoutMs } = this.limits;
    const { max, maxOfCustomer } = this.bounds;
    const taken = await this.#commands.sessionOpen(
      this.#key(id),
      this.#openKey,
      this.#ownKey(customerId),
      writeRecord(session, this.version),
      id,
      this.#lifetime(session),
      this.clock.now(),
      max,
      maxOfCustomer,
      absoluteTimeoutMs,
      idleTimeoutMs,
      this.#key(''),
      this.#endedKey(''),
    );
    if (!taken) throw tooManySessions('The store', max);
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
      await delay(Math.random() * maxPauseMs);
    }
  }

  async remove(id: string): Promise<void> {
    const { customerId } = readRecord(await this.#read(id));
    await this.redis
      .multi()
      .unlink(this.#key(id))
      .set(this.#endedKey(id), 'signed-out', 'PX', this.limits.idleTimeoutMs)
      .zrem(this.#openKey, id)
      .zrem(this.#ownKey(customerId), id)
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
    if (!ended) throw new SessionMissing('expired');
    throw new SessionMissing(ended === 'replaced' ? ended : 'signed-out');
  }

  #lifetime(session: Session): number {
    return Math.max(1, expiryOf(session, this.limits) - this.clock.now());
  }

  get #openKey(): string {
    return `${this.prefix}sessions-open`;
  }

  #ownKey(customerId: string): string {
    return `${this.prefix}sessions-of:${customerId}`;
  }

  #key(id: string): string {
    return `${this.prefix}session:${id}`;
  }

  #endedKey(id: string): string {
    return `${this.prefix}session-ended:${id}`;
  }
}
