import type { LoggerService } from '@nestjs/common';
import { destination, pino, stdSerializers, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Lines that wait while they cannot be written, in characters; what comes past that is lost. */
const maxWaiting = 16_000_000;

/** One JSON line an event, by default on standard output. What is given to it must never hold a token, a cookie or a password. */
export function createLog(
  level: string,
  base: { service: string; pod: string },
  to: DestinationStream = standardOutput(),
): Log {
  return pino(
    {
      level,
      base,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: withoutArguments },
    },
    to,
  );
}

/** Standard output, whose faults (a full disk) stop nobody: the service goes on without its log until there is room. */
function standardOutput(): DestinationStream {
  // Written at once, so that a fault is known before the process ends; a full pipe holds nobody up either.
  const to = destination({ fd: 1, sync: true, maxLength: maxWaiting, retryEAGAIN: () => false });
  const flushSync = to.flushSync.bind(to);
  let isFailing = false;
  to.on('error', () => (isFailing = true)).on('write', () => (isFailing = false));
  // After a fatal error it would try again for ever.
  to.flushSync = () => void (isFailing || flushSync());
  return to;
}

/** A command that the store refused is named, but not what it carried: that may be a secret or a customer's. */
function withoutArguments(error: Error): unknown {
  const { command, previousErrors, ...reported } = stdSerializers.err(error) as RedisError;
  return { ...reported, command: command?.name, previousErrors: previousErrors?.map(({ message }) => message) };
}

interface RedisError {
  readonly command?: { readonly name: string };
  readonly previousErrors?: readonly Error[];
}

/** Nest's own messages in the same form; its start-up chatter only at debug. */
export function nestLogger(log: Log): LoggerService {
  const write =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) =>
      log[level]({ context: rest.at(-1) }, String(message));
  return {
    log: write('debug'),
    debug: write('debug'),
    verbose: write('debug'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
  };
}
