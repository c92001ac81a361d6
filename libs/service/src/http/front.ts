import type { FastifyInstance } from 'fastify';
import { systemClock } from '../clock.js';
import { Drain } from '../lifecycle/drain.js';
import { createLog, type Log } from '../log.js';
import { createMetrics, type Metrics } from '../metrics.js';
import { bootPod, type PodIdentity } from '../pod.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import type { ProblemTable } from '../problems/problem.js';
import type { TrustProxy } from '../trust-proxy.js';
import { RouteTable } from './route-table.js';
import { createServer } from './server.js';

export interface FrontOptions {
  /** As the log calls it. */
  readonly name: string;
  readonly podName: string;
  readonly logLevel: string;
  /** Whether each request is logged; it is not, unless set. */
  readonly accessLog?: boolean;
  /** What the paths of requests may begin with, and no route does. */
  readonly pathPrefix?: string;
  /** For how long browsers are to come by TLS alone; 0, unless set, asks nothing of anybody. */
  readonly hstsSeconds?: number | undefined;
  /** As Fastify's option: whose X-Forwarded-For is heeded. */
  readonly trustProxy?: TrustProxy;
  /** Status and title of each error code that can be thrown. */
  readonly problems: ProblemTable;
  readonly drain: { readonly deadlineMs: number; readonly quietMs: number; readonly leaveMs: number };
}

/** What stands before any app: its identity, its log, and a server that counts requests and knows how to tell errors. */
export interface Front {
  readonly pod: PodIdentity;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly drain: Drain;
  readonly routes: RouteTable;
  readonly filter: ProblemFilter;
  readonly server: FastifyInstance;
}

export function createFront({
  name,
  podName,
  logLevel,
  accessLog = false,
  pathPrefix = '',
  hstsSeconds = 0,
  trustProxy = [],
  problems,
  drain: limits,
}: FrontOptions): Front {
  const pod = bootPod(podName);
  const log = createLog(logLevel, { service: name, pod: pod.name });
  const metrics = createMetrics();
  const drain = new Drain(systemClock, limits);
  const routes = new RouteTable();
  const filter = new ProblemFilter(problems, log, ({ method, url }) => routes.problemFor(method, url));
  const onFrameworkError = filter.answer.bind(filter);
  const server = createServer({
    pod,
    log,
    accessLog,
    metrics,
    drain,
    routes,
    pathPrefix,
    hstsSeconds,
    trustProxy,
    onFrameworkError,
  });
  server.addHook('onClose', async () => filter.close());
  return { pod, log, metrics, drain, routes, filter, server };
}
