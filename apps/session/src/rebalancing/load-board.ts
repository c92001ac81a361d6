import type { Redis } from 'ioredis';

/** What a pod says of itself. */
export interface SaidLoad {
  readonly bootId: string;
  /** Sessions that it holds, and those that it let go a moment ago, which are on their way. */
  readonly sessions: number;
  /** Whether it lets sessions go. */
  readonly isLettingGo: boolean;
}

/** Writes what one boot says, and tells what all have said a moment ago by the store's own clock. */
const exchangeScript = `
local call, key, freshMs = redis.call, KEYS[1], tonumber(ARGV[4])
local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
call('HSET', key, ARGV[1], ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. now)
call('PEXPIRE', key, freshMs)
local rows, fresh = call('HGETALL', key), {}
for at = 1, #rows, 2 do
  local sessions, lettingGo, said = string.match(rows[at + 1], '(%d+) (%d) (%d+)')
  if now - said > freshMs then
    call('HDEL', key, rows[at])
  else
    fresh[#fresh + 1] = {rows[at], tonumber(sessions), tonumber(lettingGo)}
  end
end
return fresh
`;

interface BoardCommands {
  loadExchange(
    key: string,
    bootId: string,
    sessions: number,
    isLettingGo: 0 | 1,
    freshMs: number,
  ): Promise<[bootId: string, sessions: number, isLettingGo: 0 | 1][]>;
}

/** Long enough for two beats that the store was too slow for. */
const freshMs = 3_500;

/** Where the pods of a mode say how full they are, without a leader: each writes its own row, and reads all. */
export class LoadBoard {
  readonly #commands: BoardCommands;
  readonly #key: string;
  #lettingGo: ReadonlySet<string> = new Set();

  constructor(
    private readonly redis: Redis,
    prefix: string,
  ) {
    redis.defineCommand('loadExchange', { numberOfKeys: 1, lua: exchangeScript });
    this.#commands = redis as unknown as BoardCommands;
    this.#key = `${prefix}loads`;
  }

  /** Says what a pod is like now, and tells what all say, it among them. */
  async exchange({ bootId, sessions, isLettingGo }: SaidLoad): Promise<SaidLoad[]> {
    const rows = await this.#commands.loadExchange(this.#key, bootId, sessions, isLettingGo ? 1 : 0, freshMs);
    const loads = rows.map(([boot, count, is]) => ({ bootId: boot, sessions: count, isLettingGo: is === 1 }));
    this.#lettingGo = new Set(loads.filter((load) => load.isLettingGo).map((load) => load.bootId));
    return loads;
  }

  /** Whether a boot said a moment ago that it lets sessions go: one that it still has may be free soon. */
  isLettingGo(bootId: string): boolean {
    return this.#lettingGo.has(bootId);
  }

  /** Takes a pod's row away: it stops, and nobody should count on it. */
  async leave(bootId: string): Promise<void> {
    await this.redis.hdel(this.#key, bootId);
  }
}
