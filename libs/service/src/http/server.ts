import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { hasValidHost, readOn, refuseUnreadable, securityHeaders } from '#libs/http';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { CodedError } from '../coded-error.js';
import type { ServiceEnvironment } from '../environment.js';
import type { Drain } from '../lifecycle/drain.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { PodIdentity } from '../pod.js';
import type { ProblemFilter } from '../problems/problem.filter.js';
import { accessLine } from './access-log.js';
import { parseJsonBody } from './json-body.js';
import { requestIds } from './request-id.js';
import { requireWellFormed } from './request-rules.js';
import { originForm } from './request-target.js';
import type { RouteTable } from './route-table.js';
import { redirectToTls } from './transport-security.js';
import { answerUnreadable, lastReplyOf } from './unreadable.js';

/** Outlives the idle time-out of an ingress (Traefik's is 90 s), so that the ingress never writes to a closing connection. */
const keepAliveTimeoutMs = 100_000;
const requestTimeoutMs = 30_000;
const maxHeaderBytes = 16 * 1024;
const maxBodyBytes = 16 * 1024;

/** What a server is made of. */
export interface ServerParts {
  readonly pod: PodIdentity;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly drain: Drain;
  readonly routes: RouteTable;
  readonly filter: ProblemFilter;
}

/** The settings that it goes by. */
export type ServerSettings = Pick<ServiceEnvironment, 'ACCESS_LOG' | 'PATH_PREFIX' | 'HSTS_SECONDS' | 'TRUST_PROXY'>;

/**
 * A Fastify instance with what every service does for each request: an id, X-Served-By, metrics, the count of requests
 * in flight; and bounds on sizes and times.
 */
export function createServer(parts: ServerParts, settings: ServerSettings): FastifyInstance {
  const { pod, log, metrics, drain, routes, filter } = parts;
  const {
    ACCESS_LOG: accessLog,
    PATH_PREFIX: pathPrefix,
    HSTS_SECONDS: hstsSeconds,
    TRUST_PROXY: trustProxy,
  } = settings;
  const newRequestId = requestIds(pod.bootId);
  const routed = (target: string): string => withoutPrefix(originForm(target), pathPrefix);
  const wrongMethod = (method: string, target: string) => routes.problemFor(method, routed(target));
  const server = fastify({
    bodyLimit: maxBodyBytes,
    trustProxy,
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // Keeps a doubled Authorization header visible, so that it can be refused.
    http: { maxHeaderSize: maxHeaderBytes, joinDuplicateHeaders: true, ...hostCheckedHere },
    requestIdHeader: false,
    rewriteUrl: ({ url = '' }) => routed(url),
    genReqId: (request) => newRequestId(request.headers),
    clientErrorHandler: answerUnreadable(wrongMethod),
    // A path that cannot be decoded or a parameter that is too long: thrown before any hook runs.
    frameworkErrors: (error, request, reply) => filter.answer(error, request, reply as FastifyReply),
    return503OnClosing: false,
    exposeHeadRoutes: true,
  });
  // Not by a hook: an answer to a path that cannot be decoded comes before any.
  server.server.on('request', (request, response) => readOn(request, response));
  // Node would answer these two by itself: an expectation with no body, a CONNECT not at all.
  server.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    server.server.emit('request', request, response),
  );
  server.server.on('connect', ({ url = '' }: IncomingMessage, socket: Socket) =>
    refuseUnreadable(socket, lastReplyOf(wrongMethod('CONNECT', url))),
  );
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseJsonBody(server));
  server.addHook('onRoute', ({ method, url }) => routes.add(method, url));
  const ended = (request: FastifyRequest, reply: FastifyReply): void => {
    drain.requestEnded();
    const line = accessLine(request, reply);
    metrics.requests.observe(line.method, line.route, line.status, reply.elapsedTime / 1000);
    if (accessLog) log.info(line, 'request');
  };
  server.addHook('onRequest', (request, reply, done) => {
    // It was told that the request before this one was its last (RFC 9112, 9.6).
    if (request.raw.socket.writableEnded) return;
    drain.requestBegan();
    // Comes in any case, were it that the client has left before its reply.
    reply.raw.once('close', () => ended(request, reply));
    reply.headers(securityHeaders).header('x-served-by', pod.servedBy).header('x-request-id', request.id);
    if (drain.draining) reply.header('connection', 'close');
    const fault = hostFault(request);
    if (fault !== undefined) return done(fault);
    if (hstsSeconds !== 0 && redirectToTls(request, reply, hstsSeconds)) return;
    requireWellFormed(request);
    requireFound(request);
    done();
  });
  return server;
}

/** Before its body is looked at: what is wrong with it is the smaller fault. */
function requireFound(request: FastifyRequest): void {
  if (request.is404) throw new CodedError('not-found', '');
  // The router would take it for an empty parameter; the lab's page is at a path that ends so itself.
  const isOwn = request.routeOptions.url?.endsWith('/') === true;
  if (!isOwn && hasSlashAtEnd(request.url)) throw new CodedError('not-found', 'A path has no slash at its end.');
}

function hasSlashAtEnd(url: string): boolean {
  const path = url.split(/[?#]/, 1)[0]!;
  return path.length > 1 && path.endsWith('/');
}

function withoutPrefix(url: string, prefix: string): string {
  return prefix && url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : url;
}

/** Node answers a request without a host by itself, without a problem document; and says nothing of two or of an invalid one. */
export const hostCheckedHere = { requireHostHeader: false } as const;

/** The error for a request that {@link hasValidHost} does not take. */
export function hostFault({ raw }: FastifyRequest): CodedError | undefined {
  return hasValidHost(raw) ? undefined : new CodedError('bad-request', 'There must be one Host header, with a host.');
}
