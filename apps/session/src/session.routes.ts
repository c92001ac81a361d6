import type { FastifyInstance } from 'fastify';
import type { Resolve } from '#libs/service';
import { Overviews } from './overview/overview.js';
import { SessionViews } from './sessions/session-view.js';
import { Sessions } from './sessions/sessions.js';

/** What customers ask for most goes past Nest's own pipeline. */
export function sessionRoutes(prefix: string): (server: FastifyInstance, resolve: Resolve) => void {
  return (server, resolve) => {
    server.get(prefix, ({ sessionId }) => {
      const views = resolve<SessionViews>(SessionViews);
      return resolve<Sessions>(Sessions).update(sessionId, (session) => views.of(session));
    });
    server.get(`${prefix}/overview`, ({ sessionId }) => resolve<Overviews>(Overviews).look(sessionId));
  };
}
