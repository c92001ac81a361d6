import type { Redis } from 'ioredis';
import type { Clock, Log, PodIdentity, StoreRoom } from '#libs/service';
import type { SessionEnvironment } from '../environment.js';
import type { BootRegistry } from '../pods/boot-registry.js';
import type { LoadBoard } from '../rebalancing/load-board.js';
import type { SessionLimits } from '../sessions/session.js';
import { HandoffRecords } from './handoff-records.js';
import { HandoffStore } from './handoff-store.js';
import { HeldSessions } from './held-sessions.js';
import { MemoryStore } from './memory-store.js';
import { RedisStore } from './redis-store.js';
import type { SessionStore } from './session-store.js';

interface StoreParts {
  environment: SessionEnvironment;
  limits: SessionLimits;
  redis: Redis;
  pod: PodIdentity;
  boots: BootRegistry;
  clock: Clock;
  log: Log;
  room: StoreRoom;
  board: LoadBoard;
}

/** What the keys of a mode begin with: modes share a Redis, and none may take the other's sessions. */
export const keyPrefixOf = ({ REDIS_KEY_PREFIX, MODE }: SessionEnvironment): string => `${REDIS_KEY_PREFIX}${MODE}:`;

/** The store that the settings ask for. */
export function chooseStore({
  environment,
  limits,
  redis,
  pod,
  boots,
  clock,
  log,
  room,
  board,
}: StoreParts): SessionStore {
  const prefix = keyPrefixOf(environment);
  const version = environment.SESSION_RECORD_VERSION;
  const bounds = { max: environment.MAX_SESSIONS, maxOfCustomer: environment.MAX_SESSIONS_PER_CUSTOMER };
  switch (environment.STORE) {
    case 'memory':
      return new MemoryStore(pod, new HeldSessions(clock, limits, bounds), boots, clock);
    case 'handoff': {
      const records = new HandoffRecords(redis, prefix, limits, version);
      return new HandoffStore(pod, new HeldSessions(clock, limits, bounds), records, boots, clock, log, board);
    }
    case 'redis':
      return new RedisStore(redis, prefix, clock, limits, bounds, version, room);
  }
}
