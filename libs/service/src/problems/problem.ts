import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { CodedError } from '../coded-error.js';
import { isRedisFault } from '../redis-errors.js';

/** How a stable error code is told over HTTP. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type ProblemTable = Readonly<Record<string, ProblemKind>>;

/** A problem document (RFC 9457); `type` is `urn:tellers:problem:<code>`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly [extension: string]: unknown;
}

export interface ProblemReply {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

export const problemContentType = 'application/problem+json';

/** Problems that any service can answer with. */
export const serviceProblems = {
  'invalid-request': { status: 422, title: 'The request has a value that does not fit' },
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'body-missing': { status: 400, title: 'The body is missing' },
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'not-found': { status: 404, title: 'There is nothing at this path' },
  'method-not-allowed': { status: 405, title: 'This path has no such method' },
  'request-timeout': { status: 408, title: 'The request did not come to its end in time' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'A part of the path is too long' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'expectation-failed': { status: 417, title: 'The expectation cannot be met' },
  'header-too-large': { status: 431, title: 'The header is too large' },
  'cross-origin-refused': { status: 403, title: 'A change from another origin is refused' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'store-unavailable': { status: 503, title: 'The store does not answer', headers: { 'retry-after': '1' } },
  'store-nearly-full': {
    status: 503,
    title: 'The store keeps the room that it has left for money',
    headers: { 'retry-after': '30' },
  },
  'internal-error': { status: 500, title: 'The service failed' },
} satisfies ProblemTable;

/** The document for one kind of problem. */
export function problemOf(code: string, kind: ProblemKind, detail?: string, details: object = {}): ProblemReply {
  return {
    problem: {
      type: `urn:tellers:problem:${code}`,
      title: kind.title,
      status: kind.status,
      ...(detail === undefined ? {} : { detail }),
      ...details,
    },
    headers: kind.headers ?? {},
  };
}

/**
 * Turns whatever was thrown into a problem document. A 5xx never shows its cause.
 * @param table the app's own codes, beside those of {@link serviceProblems}
 */
export function toProblem(error: unknown, table: ProblemTable): ProblemReply {
  if (error instanceof CodedError) {
    const kind = table[error.code] ?? (serviceProblems as ProblemTable)[error.code];
    if (kind) {
      const reported = problemOf(error.code, kind, error.message, error.details);
      return { ...reported, headers: { ...reported.headers, ...error.headers } };
    }
  }
  if (isRedisFault(error)) return problemOf('store-unavailable', serviceProblems['store-unavailable']);
  if (error instanceof HttpException) return frameworkProblem(error.getStatus(), error.message);
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  return frameworkProblem(statusCode ?? 500, message);
}

function frameworkProblem(status: number, detail: string | undefined): ProblemReply {
  if (status >= 500) return problemOf('internal-error', serviceProblems['internal-error']);
  const known = Object.entries(serviceProblems).find(([, kind]) => kind.status === status);
  if (known) return problemOf(known[0], known[1], detail);
  return problemOf('bad-request', { status, title: STATUS_CODES[status] ?? 'The request is refused' }, detail);
}
