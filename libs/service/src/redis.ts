import type { Writable } from 'node:stream';
import { Redis } from 'ioredis';
import type { Log } from './log.js';

/** Injection token of the service's Redis connection. */
export const REDIS = Symbol('REDIS');

/** A caller must have its 503 within a second. */
const commandTimeoutMs = 700;
const timedOut = 'Command timed out';
/** A time-out that comes so late tells that this process stood still, as it does without its share of CPU. */
const lateMs = 50;
/** For an answer that came meanwhile and lies unread: timers go before it when the process goes on. */
const leewayMs = 200;

export interface RedisAddress {
  readonly url: string;
  /** As they are, without escapes; they take the place of the URL's. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

class Connection extends Redis {
  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
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
 * @throws what {@link isRedisFault} recognises, from each command that was not answered in time
 */
export function connectRedis(options: RedisAddress & { name: string; log: Log }): Redis {
  const redis = new Connection(withCredentials(options), {
    connectionName: options.name,
    commandTimeout: commandTimeoutMs,
    // A store that restarted is soon asked again: an address that is no more, as a pod's that has gone, answers nothing.
    connectTimeout: 1_000,
    // What waits for a lost connection is given up at the next failed attempt, not carried out long after its caller left.
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(50 * attempt, 500),
  });
  redis.on('connect', () => batchWrites(redis.stream));
  redis.on('error', (error) => options.log.warn({ err: error }, 'redis connection failed'));
  return redis;
}

function withCredentials({ url, username, password }: RedisAddress): string {
  const address = new URL(url);
  // The setters leave a percent sign as it is, which the reader would take for an escape.
  if (username !== undefined) address.username = encodeURIComponent(username);
  if (password !== undefined) address.password = encodeURIComponent(password);
  return address.href;
}

/**
 * Sends what is written in one turn of the event loop with one system call. ioredis makes one for each command, which
 * was a third of the CPU time of reading an account.
 */
function batchWrites(stream: Writable): void {
  const write = stream.write.bind(stream) as (...parts: unknown[]) => boolean;
  const flush = () => stream.uncork();
  stream.write = (...parts: unknown[]) => {
    if (stream.writableCorked === 0) {
      stream.cork();
      setImmediate(flush);
    }
    return write(...parts);
  };
}

const refusals = beginningWith('OOM', 'READONLY', 'MISCONF', 'NOREPLICAS');
const unavailabilities = beginningWith(
  'LOADING',
  'BUSY',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'UNBLOCKED',
  'NOAUTH',
  'WRONGPASS',
  'NOPERM',
);

/** Before version 7 a store puts the error of a command in a script behind where it happened. */
function beginningWith(...words: readonly string[]): RegExp {
  return new RegExp(`^(?:ERR Error running script .* -)?(?:${words.join('|')})\\b`);
}

/**
 * Whether the store refused a command before it changed anything, also within a script: it is full, a replica, cannot write
 * its log, or has too few replicas. A command that was sent twice would have found what the first one did.
 */
export function isRedisRefusal(error: unknown): boolean {
  return error instanceof Error && refusals.test(error.message);
}

/** Whether the store did not answer: the outcome of a command that changes something is then unknown. */
export function isRedisFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A transaction that was discarded tells apart why its commands were refused.
  const { previousErrors } = error as { readonly previousErrors?: readonly unknown[] };
  if (previousErrors !== undefined) return previousErrors.some(isRedisFault);
  return (
    error.message === timedOut ||
    error.message === 'Connection is closed.' ||
    error.name === 'MaxRetriesPerRequestError' ||
    isRedisRefusal(error) ||
    unavailabilities.test(error.message)
  );
}
