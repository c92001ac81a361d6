import type { IncomingHttpHeaders } from 'node:http';
import { headersOf } from '../customers/connection.js';
import type { Exchange } from '../customers/exchange.js';
import type { ShownExchange } from '../dashboard/web/acting.js';
import { readToken, shownBody, shownHeader } from './secrets.js';

export interface Wire {
  readonly host: string;
  readonly cookies: readonly string[];
  /** Undefined when no reply came. */
  readonly replyHeaders: IncomingHttpHeaders | undefined;
}

/** One exchange as a person may see it. */
export function showExchange(id: number, exchange: Exchange, { host, cookies, replyHeaders }: Wire): ShownExchange {
  const { ask, outcome, status, servedBy, bytes, startedAt, endedAt } = exchange;
  const sent = { host, connection: 'keep-alive', ...headersOf(ask, cookies, undefined) };
  return {
    id,
    at: Math.round(performance.timeOrigin + startedAt),
    what: ask.operation,
    method: ask.method,
    path: ask.path,
    status: status ?? null,
    pod: servedBy?.pod ?? null,
    bootId: servedBy?.bootId ?? null,
    ms: endedAt - startedAt,
    requestHeaders: Object.entries(sent).map(([name, value]) => [name, shownHeader(name, value)]),
    requestBody: shownBody(ask.body),
    replyHeaders: Object.entries(replyHeaders ?? {}).flatMap(([name, values]) =>
      [values ?? []].flat().map((value) => [name, shownHeader(name, value)] as const),
    ),
    replyBody: shownBody(exchange.body),
    token: ask.bearer === undefined ? null : readToken(ask.bearer),
    bytes,
    outcome: outcome.kind,
  };
}
