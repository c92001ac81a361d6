import type { LoggerService } from '@nestjs/common';
import { destination, pino, stdSerializers, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** One JSON line an event, by default on standard output. What is given to it must never hold a token, a cookie or a password. */
export function createLog(
  level: string,
  base: { service: string; pod: string },
  to: DestinationStream = destination(1),
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

/** A command that the store refused is named, but not what it carried: that may be a secret or a customer's. */
function withoutArguments(error: Error): unknown {
  const { command, previousErrors, ...told } = stdSerializers.err(error) as RedisError;
  return { ...told, command: command?.name, previousErrors: previousErrors?.map(({ message }) => message) };
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
