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

interface Commands {
  sessionTake(record: string, owner: string, taken: string, boot: string, ownerMs: number): Promise<[string, string]>;
}

const batch = 1_000;

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
    let pipeline = this.redis.pipeline();
    let ids: string[] = [];
    const send = async (): Promise<void> => {
      const replies = await pipeline.exec();
      const failure = replies?.find(([error]) => error)?.[0];
      if (failure) throw failure;
      ids.forEach(kept);
      pipeline = this.redis.pipeline();
      ids = [];
    };
    for (const session of sessions) {
      pipeline.set(...this.#recordOf(session), 'PX', this.#lifetime(session, now));
      sent(session.id);
      ids.push(session.id);
      if (ids.length === batch) await send();
    }
    if (ids.length > 0) await send();
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
