import type { Redis } from 'ioredis';
import { expiryOf, type Session, type SessionLimits } from '../sessions/session.js';
import { readRecord, writeRecord, type RecordVersion } from './session-record.js';

/**
 * Takes a record for one boot. The copy under KEYS[3] makes that safe to repeat: ioredis sends a command again whose
 * answer was lost with the connection.
 */
const takeScript = `
if redis.call('GET', KEYS[2]) == ARGV[1] then
  local again = redis.call('GET', KEYS[3])
  if again then return {again, ARGV[1]} end
end
local record = redis.call('GETDEL', KEYS[1])
if not record then return {'', redis.call('GET', KEYS[2]) or ''} end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[3], record, 'PX', 30000)
return {record, ARGV[1]}
`;

/**
 * Writes records, unless another boot took them meanwhile; tells how many it wrote. Of each comes a line with its id, the
 * milliseconds that it is kept, and the record: arguments of their own would be most of what a record costs a client.
 * It makes the keys itself, which one Redis allows and a Redis Cluster does not
 * (https://redis.io/docs/latest/develop/programmability/eval-intro/).
 */
const writeScript = `
local call, boot, written = redis.call, ARGV[3], 0
for id, ms, record in string.gmatch(ARGV[4], '(%S+) (%d+) ([^\\n]+)') do
  local owner = call('GET', ARGV[2] .. id)
  if not owner or owner == boot then
    call('SET', ARGV[1] .. id, record, 'PX', ms)
    written = written + 1
  end
end
return written
`;

interface Commands {
  sessionsWrite(recordStart: string, ownerStart: string, boot: string, lines: string): Promise<number>;
  sessionTake(record: string, owner: string, taken: string, boot: string, ownerMs: number): Promise<[string, string]>;
}

/** So few that the store, which does one thing at a time, is not kept from money for more than some milliseconds. */
const batchSize = 500;

/** Sessions on their way from a stopping pod to the one that their client reaches next. */
export class HandoffRecords {
  readonly #commands: Commands;

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly limits: SessionLimits,
    private readonly version: RecordVersion,
  ) {
    redis.defineCommand('sessionTake', { numberOfKeys: 3, lua: takeScript });
    redis.defineCommand('sessionsWrite', { numberOfKeys: 0, lua: writeScript });
    this.#commands = redis as unknown as Commands;
  }

  /**
   * Writes sessions out for a boot, many a round trip, but for those that another has taken since. Each is named to `done`
   * once it need not be written again, whatever becomes of the others.
   */
  async writeAll(sessions: Iterable<Session>, bootId: string, now: number, done: (id: string) => void): Promise<void> {
    const left = sessions[Symbol.iterator]();
    const writer = async (): Promise<void> => {
      for (;;) {
        const batch = nextOf(left, batchSize);
        if (batch.length === 0) return;
        await this.#write(batch, bootId, now);
        for (const { id } of batch) done(id);
      }
    };
    // While the store has one batch, this pod makes the next. Both have ended when this does: none goes on beside the next attempt.
    const ends = await Promise.allSettled([writer(), writer()]);
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
  }

  /** Writes a boot's session out; false if another has taken it since. */
  async write(session: Session, bootId: string, now: number): Promise<boolean> {
    return (await this.#write([session], bootId, now)) === 1;
  }

  /** Takes a session for a boot, or tells who took it; neither if it was never handed over. */
  async take(id: string, bootId: string): Promise<{ session?: Session; owner?: string }> {
    const keys = [this.#recordKey(id), this.#ownerKey(id), this.#takenKey(id, bootId)] as const;
    const [record, owner] = await this.#commands.sessionTake(...keys, bootId, this.limits.absoluteTimeoutMs);
    return { ...(record && { session: readRecord(record) }), ...(owner && { owner }) };
  }

  /** Who owned it stays known, lest a pod that still hands over write it again. */
  async forget(id: string, bootId: string): Promise<void> {
    await this.redis.unlink(this.#recordKey(id), this.#takenKey(id, bootId));
  }

  #write(sessions: readonly Session[], bootId: string, now: number): Promise<number> {
    let lines = '';
    for (const session of sessions) {
      const lifetimeMs = Math.max(1, Math.ceil(expiryOf(session, this.limits) - now));
      lines += `${session.id} ${lifetimeMs} ${writeRecord(session, this.version)}\n`;
    }
    return this.#commands.sessionsWrite(this.#recordKey(''), this.#ownerKey(''), bootId, lines);
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
}

function nextOf<Item>(left: Iterator<Item>, most: number): Item[] {
  const items: Item[] = [];
  while (items.length < most) {
    const { value, done } = left.next();
    if (done) break;
    items.push(value);
  }
  return items;
}
