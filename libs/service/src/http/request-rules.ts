import { hasValidHost } from '#libs/http';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '../coded-error.js';
import { isPercentEncoded } from '../percent-encoding.js';
import { hostOf } from './request-target.js';

/** What HTTP asks of each request before anybody looks at what it wants. */
export function requireWellFormed(request: FastifyRequest): void {
  const { headers, originalUrl, raw } = request;
  const named = hostOf(originalUrl);
  if (named !== undefined) {
    if (!named || !hasValidHost({ rawHeaders: ['host', named], httpVersion: raw.httpVersion }))
      throw new CodedError('bad-request', 'The target names no valid host.');
    headers.host = named;
  }
  const { expect } = headers;
  if (expect !== undefined && raw.httpVersion !== '1.0' && expect.toLowerCase() !== '100-continue') {
    throw new CodedError('expectation-failed', 'The only expectation that is met is 100-continue.');
  }
  if (!isDecodable(originalUrl)) throw new CodedError('bad-request', 'The target is no URL of percent-encoded UTF-8.');
}

/** Whether a target is in ASCII, and its query is text; the path was decoded already. */
function isDecodable(target: string): boolean {
  if (!/^[!-~]*$/.test(target)) return false;
  const query = target.indexOf('?');
  return query === -1 || !target.includes('%', query) || isPercentEncoded(target.slice(query));
}
