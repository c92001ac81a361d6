import { fastify, type FastifyInstance } from 'fastify';
import type { Drain } from '../lifecycle/drain.js';
import type { Readiness } from '../lifecycle/readiness.js';
import type { Metrics } from '../metrics.js';

/** The second port: liveness, readiness, metrics, and the start of a drain; no ingress reaches it. */
export function createAdminServer(parts: { readiness: Readiness; metrics: Metrics; drain: Drain }): FastifyInstance {
  const { readiness, metrics, drain } = parts;
  const admin = fastify({ forceCloseConnections: true });
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
