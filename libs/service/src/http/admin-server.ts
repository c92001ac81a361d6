import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { readOn, securityHeaders } from '#libs/http';
import type { Readiness } from '../lifecycle/readiness.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import { RouteTable } from './route-table.js';
import { hostCheckedHere, hostFault, type ServerParts } from './server.js';
import { answerUnreadable } from './unreadable.js';

export interface AdminParts extends Pick<ServerParts, 'pod' | 'log' | 'metrics' | 'drain'> {
  readonly readiness: Readiness;
}

/** The second port: liveness, readiness, metrics, and the start of a drain; no ingress reaches it. */
export function createAdminServer({ pod, log, readiness, metrics, drain }: AdminParts): FastifyInstance {
  const routes = new RouteTable();
  const problems = new ProblemFilter({}, log, ({ method, url }) => routes.problemFor(method, url));
  const admin = fastify({
    forceCloseConnections: true,
    http: hostCheckedHere,
    clientErrorHandler: answerUnreadable((method, target) => routes.problemFor(method, target)),
    frameworkErrors: (error, request, reply) => problems.answer(error, request, reply as FastifyReply),
  });
  admin.addHook('onRoute', ({ method, url }) => routes.add(method, url));
  problems.attachTo(admin);
  admin.addHook('onClose', async () => problems.close());
  admin.server.on('request', (request, response) => readOn(request, response));
  // Who may not reach the first port learns here which boot of the pod it is.
  admin.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders).header('x-served-by', pod.servedBy);
    done(hostFault(request));
  });
  admin.get('/livez', () => ({ status: 'ok' }));
  // A stopping pod stays ready until it leaves: the clients that it holds still come to it.
  admin.get('/readyz', (_request, reply) => {
    const missing = readiness.missing();
    return reply
      .code(missing.length === 0 ? 200 : 503)
      .send({ status: missing.length === 0 ? 'ok' : 'unready', missing });
  });
  admin.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  admin.post('/drain', (_request, reply) => {
    void drain.begin();
    return reply.code(202).send({ status: 'draining' });
  });
  return admin;
}
