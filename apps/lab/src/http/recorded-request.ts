import type { Outcome } from './outcome.js';

/** One request, as a customer prepares it. */
export interface PreparedRequest {
  /** What it is for, in a word that is the same for each such request: `look`, `confirm`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly bearer?: string;
  readonly idempotencyKey?: string;
}

/** Bytes that went over the wire, HTTP/1.1 framing counted as header. */
export interface WireBytes {
  readonly requestHeader: number;
  readonly requestBody: number;
  readonly replyHeader: number;
  readonly replyBody: number;
}

/** What a request asks of its client: values that it makes up, and values that it only brings back. */
export interface RequestCost {
  readonly preparedFields: number;
  readonly carriedFields: number;
  readonly carriedBytes: number;
}

export interface ServedBy {
  readonly pod: string;
  readonly bootId: string;
}

/** One request and what came of it. Times are `performance.now()`, in ms. */
export interface RecordedRequest {
  readonly request: PreparedRequest;
  readonly outcome: Outcome;
  /** Undefined when no reply came. */
  readonly status: number | undefined;
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;
  readonly servedBy: ServedBy | undefined;
  readonly bytes: WireBytes;
  readonly cost: RequestCost;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Counts the fields of a request. Tokens, cookies and continuations are carried; all else the client prepared. */
export function costOf(request: PreparedRequest, cookies: readonly string[]): RequestCost {
  const fields = Object.keys(request.body ?? {});
  const query = request.path.split('?')[1]?.split('&') ?? [];
  const continuation = request.body?.['continuation'] ?? request.body?.['refresh_token'];
  const carried = [...cookies, request.bearer, continuation].filter(
    (value): value is string => typeof value === 'string',
  );
  const carriedInBody = typeof continuation === 'string' ? 1 : 0;
  return {
    preparedFields: fields.length - carriedInBody + query.length + (request.idempotencyKey === undefined ? 0 : 1),
    carriedFields: carried.length,
    carriedBytes: carried.reduce((sum, value) => sum + Buffer.byteLength(value), 0),
  };
}

/** Reads `X-Served-By: <pod>/<boot id>`. */
export function servedByOf(header: string | undefined): ServedBy | undefined {
  const [pod, bootId] = header?.split('/') ?? [];
  return pod && bootId ? { pod, bootId } : undefined;
}
