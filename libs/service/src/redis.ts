import { Redis } from 'ioredis';
import { Counter } from 'prom-client';
import { batchWrites } from './batch-writes.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import { isRedisMoved, timedOut } from './redis-errors.js';

/** Injection token of the service's Redis connection. */
export const REDIS = Symbol('REDIS');

/** A caller must have its 503 within a second. */
const commandTimeoutMs = 700;
/** A time-out that comes so late tells that this process stood still, as it does without its share of CPU. */
const lateMs = 50;
/** For an answer that came meanwhile and lies unread: timers go before it when the process goes on. */
const leewayMs = 200;
/** A store that stays a replica still answers who only reads. */
const reconnectEveryMs = 2_000;

export interface RedisAddress {
  readonly url: string;
  /** As they are, without escapes; they take the place of the URL's. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

class RedisConnection extends Redis {
  /** Commands that were sent; a script is one. */
  sent = 0;

  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    this.sent += 1;
    const { reject } = command;
    const dueAt = performance.now() + commandTimeoutMs;
    command.reject = (error) => {
      const late = error.message === timedOut && performance.now() - dueAt > lateMs;
      if (late) setTimeout(reject, leewayMs, error);
      else reject(error);
    };
    return super.sendCommand(command, stream);
  }
}

/**
 * A connection that reconnects by itself and keeps no caller waiting for more than 700 ms, but for the time in which
 * this process stands still and up to 200 ms after it.
 * @throws what `isRedisFault` recognises, from each command that was not answered in time
 */
export function connectRedis(options: RedisAddress & { name: string; log: Log; metrics?: Metrics }): Redis {
  const redis = new RedisConnection(withCredentials(options), {
    connectionName: options.name,
    commandTimeout: commandTimeoutMs,
    // One right less that its user must have.
    disableClientInfo: true,
    // A store that restarted is soon asked again: an address that is no more, as a pod's that has gone, answers nothing.
    connectTimeout: 1_000,
    // What waits for a lost connection is given up at the next failed attempt, not carried out long after its caller left.
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(50 * attempt, 500),
    reconnectOnError: reconnectWhenMoved(options.log),
  });
  if (options.metrics) countOperations(redis, options.metrics);
  redis.on('connect', () => batchWrites(redis.stream));
  redis.on('error', (error) => options.log.warn({ err: error }, 'redis connection failed'));
  return redis;
}

/** Read when it is asked for, so that a command costs no more than an addition. */
function countOperations(redis: RedisConnection, { registry }: Metrics): void {
  const counter = new Counter({
    name: 'tellers_store_operations_total',
    help: 'Commands that this process sent to the store; a script is one',
    registers: [registry],
    collect: () => {
      counter.reset();
      counter.inc(redis.sent);
    },
  });
}

/**
 * After a failover nobody may cut the connections to the old primary, which refuses changes from then on. Only what was not
 * answered yet is sent again, as after any lost connection; what was refused is left to its caller.
 */
function reconnectWhenMoved(log: Log): (error: Error) => boolean {
  let againAt = -Infinity;
  return (error) => {
    if (!isRedisMoved(error) || performance.now() < againAt) return false;
    againAt = performance.now() + reconnectEveryMs;
    log.warn({ err: error }, 'redis is no primary: connecting anew');
    return true;
  };
}

function withCredentials({ url, username, password }: RedisAddress): string {
  const address = new URL(url);
  // The setters leave a percent sign as it is, which the reader would take for an escape.
  if (username !== undefined) address.username = encodeURIComponent(username);
  if (password !== undefined) address.password = encodeURIComponent(password);
  return address.href;
}
