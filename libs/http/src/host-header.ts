import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** A registered name or an IPv4 address (RFC 3986, 3.2.2), or what is in brackets; then a port, perhaps. */
const form = /^(?:\[(?<literal>[^\]]*)\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?$/i;

/** Whether a request names its host once, in a form that a host has; that of HTTP/1.0 need not name one (RFC 9112, 3.2). */
export function hasValidHost({
  rawHeaders,
  httpVersion,
}: Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>): boolean {
  let host: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (host !== undefined) return false;
    host = rawHeaders[i + 1]!;
  }
  if (host === undefined) return httpVersion === '1.0';
  const match = form.exec(host);
  return match !== null && (match.groups?.literal === undefined || isIPv6(match.groups.literal));
}
