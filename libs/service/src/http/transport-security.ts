import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Has clients come by TLS alone, where the front door speaks it (RFC 6797). What reaches a pod past the front door, from
 * another pod, says of no scheme and is answered as ever.
 * @param hstsSeconds for how long browsers are to remember it
 * @returns whether the request came by plain HTTP, and is answered by where to go
 */
export function redirectToTls(request: FastifyRequest, reply: FastifyReply, hstsSeconds: number): boolean {
  const scheme = request.headers['x-forwarded-proto'];
  if (scheme === 'https') reply.header('strict-transport-security', `max-age=${hstsSeconds}`);
  if (scheme !== 'http') return false;
  // Its port is of plain HTTP.
  const host = request.headers.host?.replace(/:\d*$/, '') ?? '';
  // Whatever the method: it and the body are sent again (RFC 9110, 15.4.9).
  reply.redirect(`https://${host}${request.originalUrl}`, 308);
  return true;
}
