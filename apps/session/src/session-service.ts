import type { FastifyInstance } from 'fastify';
import { DRAIN, type Drain, type Resolve, type ServiceDefinition } from '#libs/service';
import { prefixOf, type SessionEnvironment } from './environment.js';
import { sessionOpenApi } from './open-api.js';
import { SessionModule } from './session.module.js';
import { sessionProblems } from './session.problems.js';
import { sessionRoutes } from './session.routes.js';
import { SessionCookies } from './sessions/cookies.js';

/** The session service for these settings, ready to be run or tested. */
export function sessionService(environment: SessionEnvironment): ServiceDefinition {
  const prefix = prefixOf(environment.MODE);
  return {
    name: 'session',
    prefix,
    module: SessionModule.forRoot(environment),
    environment,
    problems: sessionProblems,
    openApi: sessionOpenApi(environment),
    hooks: sessionHooks(environment),
    hotRoutes: sessionRoutes(prefix),
  };
}

/** Reads the session cookie of each request; a pod that hands its sessions over sends each client elsewhere. */
function sessionHooks(environment: SessionEnvironment): (server: FastifyInstance, resolve: Resolve) => void {
  const cookies = new SessionCookies(environment);
  return (server, resolve) => {
    server.decorateRequest('sessionId', undefined);
    server.addHook('onRequest', (request, reply, done) => {
      request.sessionId = cookies.read(request.headers.cookie);
      if (environment.STORE === 'handoff' && resolve<Drain>(DRAIN).draining) {
        reply.header('set-cookie', cookies.releaseAffinity());
      }
      done();
    });
  };
}
