import type { IncomingHttpHeaders } from 'node:http';
import { headersOf } from '../../http/connection.js';
import type { RecordedRequest } from '../../http/recorded-request.js';
import type { RequestView } from '../../protocol/actions.js';
import { readToken, abbreviatedBody, abbreviatedHeader } from './secrets.js';

export interface Wire {
  readonly host: string;
  readonly cookies: readonly string[];
  /** Undefined when no reply came. */
  readonly replyHeaders: IncomingHttpHeaders | undefined;
}

/** One exchange as a person may see it. */
export function viewRequest(id: number, recorded: RecordedRequest, { host, cookies, replyHeaders }: Wire): RequestView {
  const { request, outcome, status, servedBy, bytes, startedAt, endedAt } = recorded;
  const sent = { host, connection: 'keep-alive', ...headersOf(request, cookies, undefined) };
  return {
    id,
    at: Math.round(performance.timeOrigin + startedAt),
    what: request.operation,
    method: request.method,
    path: request.path,
    status: status ?? null,
    pod: servedBy?.pod ?? null,
    bootId: servedBy?.bootId ?? null,
    ms: endedAt - startedAt,
    requestHeaders: Object.entries(sent).map(([name, value]) => [name, abbreviatedHeader(name, value)]),
    requestBody: abbreviatedBody(request.body),
    replyHeaders: Object.entries(replyHeaders ?? {}).flatMap(([name, values]) =>
      [values ?? []].flat().map((value) => [name, abbreviatedHeader(name, value)] as const),
    ),
    replyBody: abbreviatedBody(recorded.body),
    token: request.bearer === undefined ? null : readToken(request.bearer),
    bytes,
    outcome: outcome.kind,
  };
}
