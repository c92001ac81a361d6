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

/** One command for many records: a client's own work for a command is most of what a record costs it. */
const writeScript = `
for index, key in ipairs(KEYS) do redis.call('SET', key, ARGV[2 * index - 1], 'PX', ARGV[2 * index]) end
`;

interface Commands {
  sessionsWrite(count: number, ...keysThenRecords: (string | number)[]): Promise<null>;
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
    redis.defineCommand('sessionsWrite', { lua: writeScript });
    this.#commands = redis as unknown as Commands;
  }

  /**
   * Writes sessions out, many a round trip. Each is named to `sent` as it is sent, and to `kept` once the store has it: what
   * was kept before this rejects need not be written again, and may have been taken by another pod meanwhile.
   */
  async writeAll(
    sessions: Iterable<Session>,
    now: number,
    { sent, kept = () => {} }: { sent: (id: string) => void; kept?: (id: string) => void },
  ): Promise<void> {
    const left = sessions[Symbol.iterator]();
    const writer = async (): Promise<void> => {
      for (;;) {
        const batch = nextOf(left, batchSize);
        if (batch.length === 0) return;
        const ids = batch.map(({ id }) => id);
        ids.forEach(sent);
        const keys = ids.map((id) => this.#recordKey(id));
        const records = batch.flatMap((session) => [writeRecord(session, this.version), this.#lifetime(session, now)]);
        await this.#commands.sessionsWrite(keys.length, ...keys, ...records);
        ids.forEach(kept);
      }
    };
    // While the store has one batch, this pod makes the next. Both have ended when this does: none goes on beside the next attempt.
    const ends = await Promise.allSettled([writer(), writer()]);
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
  }

  /** Writes one session that may not have been written out before. */
  async write(session: Session, now: number): Promise<void> {
    await this.redis.set(...this.#recordOf(session), 'PX', this.#lifetime(session, now));
  }

  /** Writes a session that was written out before; false if another pod has taken it since. */
  async rewrite(session: Session, now: number): Promise<boolean> {
    const lifetime = this.#lifetime(session, now);
    return (await this.redis.set(...this.#recordOf(session), 'PX', lifetime, 'XX')) === 'OK';
  }

  /** Takes a session for a boot, or tells who took it; neither if it was never handed over. */
  async take(id: string, bootId: string): Promise<{ session?: Session; owner?: string }> {
    const keys = [this.#recordKey(id), this.#ownerKey(id), this.#takenKey(id, bootId)] as const;
    const [record, owner] = await this.#commands.sessionTake(...keys, bootId, this.limits.absoluteTimeoutMs);
    return { ...(record && { session: readRecord(record) }), ...(owner && { owner }) };
  }

  async forget(id: string, bootId: string): Promise<void> {
    await this.redis.unlink(this.#recordKey(id), this.#ownerKey(id), this.#takenKey(id, bootId));
  }

  #recordOf(session: Session): [key: string, record: string] {
    return [this.#recordKey(session.id), writeRecord(session, this.version)];
  }

  #lifetime(session: Session, now: number): number {
    return Math.max(1, expiryOf(session, this.limits) - now);
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
