import type { FastifyInstance } from 'fastify';
import { systemClock } from '../clock.js';
import type { ServiceEnvironment } from '../environment.js';
import { Drain } from '../lifecycle/drain.js';
import { createLog } from '../log.js';
import { createMetrics } from '../metrics.js';
import { bootPod } from '../pod.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import type { ProblemTable } from '../problems/problem.js';
import { RouteTable } from './route-table.js';
import { createServer, type ServerParts, type ServerSettings } from './server.js';

export type FrontSettings = ServerSettings &
  Pick<ServiceEnvironment, 'POD_NAME' | 'LOG_LEVEL' | 'DRAIN_DEADLINE_MS' | 'DRAIN_QUIET_MS' | 'DRAIN_LEAVE_MS'>;

/** What stands before any app: its identity, its log, and a server that counts requests and knows how to tell errors. */
export interface Front extends ServerParts {
  readonly server: FastifyInstance;
}

/**
 * @param name as the log calls it
 * @param problems status and title of each error code that can be thrown
 */
export function createFront(name: string, problems: ProblemTable, settings: FrontSettings): Front {
  const pod = bootPod(settings.POD_NAME);
  const log = createLog(settings.LOG_LEVEL, { service: name, pod: pod.name });
  const metrics = createMetrics();
  const drain = new Drain(systemClock, {
    deadlineMs: settings.DRAIN_DEADLINE_MS,
    quietMs: settings.DRAIN_QUIET_MS,
    leaveMs: settings.DRAIN_LEAVE_MS,
  });
  const routes = new RouteTable();
  const filter = new ProblemFilter(problems, log, ({ method, url }) => routes.problemFor(method, url));
  const parts = { pod, log, metrics, drain, routes, filter };
  const server = createServer(parts, settings);
  server.addHook('onClose', async () => filter.close());
  return { ...parts, server };
}
