import type { FastifyInstance } from 'fastify';
import { DRAIN, type Drain, type Resolve, type ServiceDefinition } from '#libs/service';
import { prefixOf, type SessionEnvironment } from './environment.js';
import { sessionOpenApi } from './open-api.js';
import { SessionModule } from './session.module.js';
import { sessionProblems } from './session.problems.js';
import { REBALANCER, type Rebalancer } from './rebalancing/rebalancer.js';
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

/** A request tells which session its cookie names; a pod that hands its sessions over sends each client elsewhere. */
function sessionHooks(environment: SessionEnvironment): (server: FastifyInstance, resolve: Resolve) => void {
  const cookies = new SessionCookies(environment);
  return (server, resolve) => {
    server.decorateRequest('sessionId', {
      getter() {
        return cookies.read(this.headers.cookie);
      },
    });
    if (environment.STORE !== 'handoff') return;
    const release = cookies.releaseAffinity();
    server.addHook('onRequest', (_request, reply, done) => {
      if (resolve<Drain>(DRAIN).draining) reply.header('set-cookie', release);
      done();
    });
    if (environment.REBALANCE) addRebalancing(server, () => resolve<Rebalancer>(REBALANCER), release);
  };
}

/** A request tells the rebalancer that its session is asked for; a reply whose session was let go takes the affinity along. */
function addRebalancing(server: FastifyInstance, rebalancer: () => Rebalancer, release: string): void {
  server.addHook('onRequest', ({ sessionId }, reply, done) => {
    if (sessionId !== undefined) {
      rebalancer().began(sessionId);
      reply.raw.once('close', () => rebalancer().ended(sessionId));
    }
    done();
  });
  server.addHook('onSend', async ({ sessionId }, reply) => {
    if (sessionId !== undefined && (await rebalancer().letGo(sessionId))) reply.header('set-cookie', release);
  });
}
