import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { hasValidHost, readOn, refuseUnreadable, securityHeaders } from '#libs/http';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { CodedError } from '../coded-error.js';
import type { Drain } from '../lifecycle/drain.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { PodIdentity } from '../pod.js';
import { problemContentType } from '../problems/problem.js';
import { requestIds } from './request-id.js';
import type { RouteTable } from './route-table.js';

/** Outlives the idle time-out of an ingress (Traefik's is 90 s), so that the ingress never writes to a closing connection. */
const keepAliveTimeoutMs = 100_000;
const requestTimeoutMs = 30_000;
const maxHeaderBytes = 16 * 1024;
const maxBodyBytes = 16 * 1024;
/** As nginx logs a client that left before its reply; no client is ever told it. */
const clientClosedRequest = 499;

export interface ServerParts {
  pod: PodIdentity;
  log: Log;
  metrics: Metrics;
  drain: Drain;
  routes: RouteTable;
  pathPrefix: string;
  onFrameworkError: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;
}

/**
 * A Fastify instance with what every service does for each request: an id, X-Served-By, metrics, the count of requests
 * in flight; and bounds on sizes and times.
 */
export function createServer(parts: ServerParts): FastifyInstance {
  const { pod, log, metrics, drain, routes, pathPrefix, onFrameworkError } = parts;
  const newRequestId = requestIds(pod.bootId);
  const server = fastify({
    bodyLimit: maxBodyBytes,
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // Keeps a doubled Authorization header visible, so that it can be refused.
    http: { maxHeaderSize: maxHeaderBytes, joinDuplicateHeaders: true, ...hostCheckedHere },
    requestIdHeader: false,
    ...(pathPrefix && { rewriteUrl: ({ url = '' }: IncomingMessage) => withoutPrefix(url, pathPrefix) }),
    genReqId: (request) => newRequestId(request.headers),
    clientErrorHandler: answerUnreadable,
    // A path that cannot be decoded or a parameter that is too long: thrown before any hook runs.
    frameworkErrors: (error, request, reply) => onFrameworkError(error, request, reply as FastifyReply),
    return503OnClosing: false,
    exposeHeadRoutes: true,
  });
  // Not by a hook: an answer to a path that cannot be decoded comes before any.
  server.server.on('request', (request, response) => readOn(request, response));
  server.removeAllContentTypeParsers();
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) =>
    parseJson(request, body, (error, value) => {
      done(error ? new CodedError('malformed-json', error.message) : null, value);
    }),
  );
  server.addHook('onRoute', ({ method, url }) => routes.add(method, url));
  const debug = log.isLevelEnabled('debug');
  const ended = (request: FastifyRequest, reply: FastifyReply): void => {
    drain.requestEnded();
    const route = request.routeOptions.url ?? 'none';
    const status = reply.raw.writableFinished ? reply.statusCode : clientClosedRequest;
    metrics.observeRequest(request.method, route, status, reply.elapsedTime / 1000);
    if (debug) log.debug({ requestId: request.id, method: request.method, route, status }, 'request');
  };
  server.addHook('onRequest', (request, reply, done) => {
    // It was told that the request before this one was its last (RFC 9112, 9.6).
    if (request.raw.socket.writableEnded) return;
    drain.requestBegan();
    // Comes in any case, were it that the client has left before its reply.
    reply.raw.once('close', () => ended(request, reply));
    reply.headers(securityHeaders).header('x-served-by', pod.servedBy).header('x-request-id', request.id);
    if (drain.draining) reply.header('connection', 'close');
    done(hostFault(request));
  });
  return server;
}

function withoutPrefix(url: string, prefix: string): string {
  return url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : url;
}

/** Node answers a request without a host by itself, without a problem document; and says nothing of two or of an invalid one. */
export const hostCheckedHere = { requireHostHeader: false } as const;

/** The error for a request that {@link hasValidHost} does not take. */
export function hostFault({ raw }: FastifyRequest): CodedError | undefined {
  return hasValidHost(raw) ? undefined : new CodedError('bad-request', 'There must be one Host header, with a host.');
}

/** Answers what never became a request. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  refuseUnreadable(socket, problemOfUnreadable(error));
}

const unreadable: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What is not even a request has a problem document too (RFC 6585: 431). */
function problemOfUnreadable({ code = '' }: NodeJS.ErrnoException) {
  const status = unreadable[code] ?? 400;
  const body = JSON.stringify({ type: 'urn:tellers:problem:bad-request', title: STATUS_CODES[status], status });
  return { status, headers: { ...securityHeaders, 'content-type': problemContentType }, body };
}
