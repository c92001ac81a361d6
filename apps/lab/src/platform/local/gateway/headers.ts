/** Headers that speak of one connection only (RFC 9110, 7.6.1), and those the gateway itself sets or answers. */
const connectionHeaders = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
const neverForwarded = new Set([
  ...connectionHeaders,
  'expect',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]);
const neverReturned = new Set(connectionHeaders);

/** What a request's headers say to a gateway, and the flat list that goes on to the pod. */
export interface ForwardedHeaders {
  readonly headers: string[];
  readonly cookie: string | undefined;
  readonly hasBody: boolean;
}

/** Reads a request's raw headers once. The client's own X-Forwarded-* are dropped: nobody stands before this gateway. */
export function forwardHeaders(rawHeaders: readonly string[], clientAddress: string): ForwardedHeaders {
  const headers: string[] = [];
  let cookie: string | undefined;
  let host = '';
  let connection: string | undefined;
  let hasBody = false;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    const value = rawHeaders[i + 1]!;
    const key = name.toLowerCase();
    if (key === 'cookie') cookie = cookie === undefined ? value : `${cookie}; ${value}`;
    else if (key === 'host') host = value;
    else if (key === 'connection') connection = value;
    else if (key === 'transfer-encoding') hasBody = true;
    else if (key === 'content-length') hasBody ||= value !== '0';
    if (!neverForwarded.has(key)) headers.push(key, value);
  }
  if (connection !== undefined) dropNamed(headers, connection);
  headers.push('x-forwarded-for', clientAddress, 'x-forwarded-host', host, 'x-forwarded-proto', 'http');
  return { headers, cookie, hasBody };
}

/** A reply's headers as a flat list for `writeHead`, and the bytes of its body where they are told. */
export interface ReturnedHeaders {
  readonly headers: string[];
  readonly bodyBytes: number | undefined;
}

/**
 * Reads a pod's raw reply headers once, and puts the affinity cookie first if there is one to set: the pod's own
 * Set-Cookie comes last and so wins, for a draining pod expires the affinity cookie.
 */
export function returnHeaders(rawHeaders: readonly Buffer[], setCookie: string | undefined): ReturnedHeaders {
  const headers: string[] = setCookie === undefined ? [] : ['set-cookie', setCookie];
  let connection: string | undefined;
  let bodyBytes: number | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toString('latin1');
    const value = rawHeaders[i + 1]!.toString('latin1');
    const key = name.toLowerCase();
    if (key === 'connection') connection = value;
    else if (key === 'content-length') bodyBytes = Number(value);
    if (!neverReturned.has(key)) headers.push(name, value);
  }
  if (connection !== undefined) dropNamed(headers, connection);
  return { headers, bodyBytes };
}

/** Removes the headers that a Connection header names; nearly all name none. */
function dropNamed(headers: string[], connection: string): void {
  const value = connection.toLowerCase();
  if (value === 'keep-alive' || value === 'close') return;
  const named = new Set(value.split(',').map((token) => token.trim()));
  named.delete('host');
  named.delete('content-length');
  for (let i = headers.length - 2; i >= 0; i -= 2) {
    if (named.has(headers[i]!.toLowerCase())) headers.splice(i, 2);
  }
}
