import type { Redis } from 'ioredis';
import { bootOf, expiryOf, type Session, type SessionLimits } from '../sessions/session.js';
import { readRecord, writeRecord, type RecordVersion } from './session-record.js';

/**
 * Takes a session for one boot: as it was written by itself, or else from the bucket of whoever had it last. The copy under
 * KEYS[3] makes that safe to repeat: ioredis sends a command again whose answer was lost with the connection. It makes a
 * key itself, which one Redis allows and a Redis Cluster does not
 * (https://redis.io/docs/latest/develop/programmability/eval-intro/).
 */
const takeScript = `
local call, id, boot = redis.call, ARGV[1], ARGV[2]
local owner = call('GET', KEYS[2])
if owner == boot then
  local again = call('GET', KEYS[3])
  if again then return {again, boot} end
end
local record = call('GETDEL', KEYS[1])
if not record then
  local bucket = call('GET', ARGV[4] .. (owner or ARGV[5])) or ''
  local _, found = string.find(bucket, '\\n' .. id .. ' ', 1, true)
  record = found and string.match(bucket, '[^\\n]+', found + 1)
end
if not record then return {'', owner or ''} end
call('SET', KEYS[2], boot, 'PX', ARGV[3])
call('SET', KEYS[3], record, 'PX', 30000)
return {record, boot}
`;

/**
 * Writes a session by itself, unless another boot took it meanwhile; tells whether it did. The copy of an earlier take is
 * older than what is written now, and would be given to whoever takes it again.
 */
const writeScript = `
local owner = redis.call('GET', KEYS[2])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('UNLINK', KEYS[3])
return 1
`;

/** Signs a session out, unless another boot took it or signed it out meanwhile; tells whether it did, also when it is sent again. */
const forgetScript = `
local owner, mark = redis.call('GET', KEYS[2]), ARGV[2] .. ' ' .. ARGV[1]
if owner and owner ~= ARGV[1] and owner ~= mark then return 0 end
redis.call('SET', KEYS[2], mark, 'PX', ARGV[3])
redis.call('UNLINK', KEYS[1], KEYS[3])
return 1
`;

interface HandoffCommands {
  sessionWrite(
    ...args: [
      ...keys: [record: string, owner: string, taken: string],
      ...args: [boot: string, text: string, ms: number],
    ]
  ): Promise<0 | 1>;
  sessionTake(
    ...args: [
      ...keys: [record: string, owner: string, taken: string],
      ...args: [id: string, boot: string, ownerMs: number, bucketStart: string, maker: string],
    ]
  ): Promise<[record: string, owner: string]>;
  sessionForget(
    ...args: [
      ...keys: [record: string, owner: string, taken: string],
      ...args: [boot: string, signedOut: string, ownerMs: number],
    ]
  ): Promise<0 | 1>;
}

/** Who owns a session that was signed out; in the store with the boot that did it. */
export const signedOut = 'signed-out';

/**
 * Sessions that are written out under one key: those whose ids have the same first two of their random characters, a
 * 4096th. A key for each would cost the store most of what a hand-over takes; much fewer, and it would read too far to
 * find one.
 */
export type Buckets = Map<string, Session[]>;

/** So few sessions at once that the store, which does one thing at a time, is kept from money for some milliseconds at most. */
const batchSize = 2_500;

/** Sessions on their way from a stopping pod to the one that their client reaches next. */
export class HandoffRecords {
  readonly #commands: HandoffCommands;

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly limits: SessionLimits,
    private readonly version: RecordVersion,
  ) {
    redis.defineCommand('sessionTake', { numberOfKeys: 3, lua: takeScript });
    redis.defineCommand('sessionWrite', { numberOfKeys: 3, lua: writeScript });
    redis.defineCommand('sessionForget', { numberOfKeys: 3, lua: forgetScript });
    this.#commands = redis as unknown as HandoffCommands;
  }

  /**
   * Writes out what a boot holds, many sessions a round trip. Each bucket is taken out of `buckets` once the store has it,
   * whatever becomes of the others: what is left can be tried again.
   */
  async writeAll(buckets: Buckets, bootId: string, now: number): Promise<void> {
    const left = buckets.entries();
    const writer = async (): Promise<void> => {
      for (;;) {
        const batch = nextOf(left, batchSize);
        if (batch.length === 0) return;
        await this.#write(batch, bootId, now);
        for (const [name] of batch) buckets.delete(name);
      }
    };
    // While the store has one batch, this pod makes the next. Both have ended when this does: none goes on beside the next attempt.
    const ends = await Promise.allSettled([writer(), writer()]);
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
  }

  /** Writes a boot's session out; false if another has taken it since. */
  async write(session: Session, bootId: string, now: number): Promise<boolean> {
    const { id } = session;
    const text = writeRecord(session, this.version);
    const ms = this.#lifetimeMs(session, now);
    const keys = [this.#recordKey(id), this.#ownerKey(id), this.#takenKey(id, bootId)] as const;
    return (await this.#commands.sessionWrite(...keys, bootId, text, ms)) === 1;
  }

  /** Takes a session for a boot, or tells who took it; neither if it was never handed over. */
  async take(id: string, bootId: string): Promise<{ session?: Session; owner?: string }> {
    const [record, owner] = await this.#commands.sessionTake(
      this.#recordKey(id),
      this.#ownerKey(id),
      this.#takenKey(id, bootId),
      id,
      bootId,
      this.limits.absoluteTimeoutMs,
      this.#bucketKey(bucketOf(id), ''),
      bootOf(id) ?? '',
    );
    const by = owner.startsWith(signedOut) ? signedOut : owner;
    return { ...(record && { session: readRecord(record) }), ...(by && { owner: by }) };
  }

  /** Lets nobody take a boot's session any more, nor that boot write it again; false if another has taken it or signed it out. */
  async forget(id: string, bootId: string): Promise<boolean> {
    const forgotten = await this.#commands.sessionForget(
      this.#recordKey(id),
      this.#ownerKey(id),
      this.#takenKey(id, bootId),
      bootId,
      signedOut,
      this.limits.absoluteTimeoutMs,
    );
    return forgotten === 1;
  }

  /** In one transaction, as a store that syncs its log to disk does so once for each. */
  async #write(batch: readonly (readonly [string, readonly Session[]])[], bootId: string, now: number): Promise<void> {
    const transaction = this.redis.multi();
    for (const [name, sessions] of batch) {
      let [text, longestMs] = ['\n', 1];
      for (const session of sessions) {
        text += `${session.id} ${writeRecord(session, this.version)}\n`;
        longestMs = Math.max(longestMs, this.#lifetimeMs(session, now));
      }
      transaction.set(this.#bucketKey(name, bootId), text, 'PX', longestMs);
    }
    await transaction.exec();
  }

  #lifetimeMs(session: Session, now: number): number {
    return Math.max(1, Math.ceil(expiryOf(session, this.limits) - now));
  }

  #recordKey(id: string): string {
    return `${this.prefix}handoff:${id}`;
  }

  #ownerKey(id: string): string {
    return `${this.prefix}handoff-owner:${id}`;
  }

  #takenKey(id: string, bootId: string): string {
    return `${this.prefix}handoff-taken:${bootId}:${id}`;
  }

  #bucketKey(name: string, bootId: string): string {
    return `${this.prefix}handoff-bucket:${name}:${bootId}`;
  }
}

const bucketOf = (id: string): string => id.slice(id.indexOf('.') + 1).slice(0, 2);

/** Sorts sessions to be written out; the bucket with the last of them is the last, which is how one sees from outside when all are. */
export function inBuckets(sessions: Iterable<Session>): Buckets {
  const buckets: Buckets = new Map();
  for (const session of sessions) {
    const name = bucketOf(session.id);
    const bucket = buckets.get(name) ?? [];
    bucket.push(session);
    buckets.delete(name);
    buckets.set(name, bucket);
  }
  return buckets;
}

/** The next buckets, with so many sessions or a few more. */
function nextOf(left: Iterator<[string, Session[]]>, max: number): [string, Session[]][] {
  const batch: [string, Session[]][] = [];
  for (let count = 0; count < max;) {
    const { value, done } = left.next();
    if (done) break;
    batch.push(value);
    count += value[1].length;
  }
  return batch;
}
