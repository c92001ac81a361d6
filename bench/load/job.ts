/** What the load generator is asked to do: ends after that many seconds, or when that many replies have come. */
export interface Job {
  readonly port: number;
  readonly connections: number;
  /** Whole HTTP requests, sent in turn; `{n}` becomes a number that is new each time. */
  readonly requests: readonly string[];
  readonly seconds?: number;
  readonly total?: number;
}

export type JobResult = { readonly replies: number; readonly seconds: number } | { readonly failed: string };

/** A request as it goes over the wire. */
export function httpRequest(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: unknown,
): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(text && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`;
}
