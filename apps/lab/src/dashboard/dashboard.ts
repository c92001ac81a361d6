import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { CodedError, createPlainServer, listenAddress, type ProblemTable } from '#libs/service';
import type { Crowd } from '../bank/crowd/crowd.js';
import { modeNames, modes } from '../bank/modes.js';
import type { BankSnapshot } from '../protocol/snapshots.js';
import type { Scorecard } from '../report/scorecard.js';
import { OwnSessions } from '../bank/own-session/own-sessions.js';
import { notListening } from '../port-taken.js';
import { isThisMachine } from './acting/admission.js';
import { ActionRunner } from './acting/action-runner.js';
import { actingProblems, actingRoutes, actsOf, type Acting } from './acting/routes.js';
import type { Auditor } from './auditor.js';
import { BankFeed, type Feeding } from './bank-feed.js';
import { Broadcast, broadcastProblems } from './broadcast.js';
import { ExperimentService } from './experiment-service.js';
import { pageRoutes } from './page-routes.js';

export interface DashboardOptions extends Omit<Feeding, 'extras' | 'p99MsOf'> {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Under which a front door brings requests, too, without a slash at its end. */
  readonly path?: string;
  /** Where the front door speaks TLS: for how long browsers are to keep to it. */
  readonly hstsSeconds?: number;
  /** Those whom the lab sends itself. */
  readonly crowd?: Crowd;
  readonly auditor?: Auditor;
  /** What lets a page act; it only looks without. */
  readonly acting?: Acting;
  /** Nodes and pods of a cluster, for reports. */
  readonly place?: Scorecard['cluster'];
  /** What to say after "Choose another one" when the port is taken. */
  readonly portRemedy: string;
}

export interface Dashboard {
  readonly url: string;
  /** The address with the token, for who may act. */
  readonly link: string;
  /** Whether somebody looks, or did a moment ago. */
  readonly isWatched: boolean;
  /** Whether an experiment runs, which nothing else should disturb. */
  readonly isMeasuring: boolean;
  /** How things are, for who looks without a connection. */
  state(): Promise<BankSnapshot>;
  close(): Promise<void>;
}

const hostProblems = {
  'host-refused': { status: 421, title: 'This lab does not answer under that name' },
} satisfies ProblemTable;
const hostRefused = 'A lab that is served on this machine alone answers as 127.0.0.1, [::1] and localhost.';

/** The page may load its own parts and follow its own stream, and nothing else; nobody may frame it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
/** Beside those of every reply. */
const headers = {
  'content-security-policy': policy,
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};
const reportEveryMs = 250;
const closeGraceMs = 1_000;

/**
 * Serves the live page of a bank until it is closed.
 * @throws PortTaken, CannotListen
 */
export async function serveDashboard({
  host,
  port,
  path,
  hstsSeconds,
  portRemedy,
  crowd,
  auditor,
  acting,
  place,
  ...feeding
}: DashboardOptions): Promise<Dashboard> {
  const { server, pod } = createPlainServer(
    'lab',
    { ...broadcastProblems, ...actingProblems, ...hostProblems },
    { hstsSeconds },
  );
  const stopping = new AbortController();
  const { platform, workloads, journal } = feeding;
  const parts = { platform, workloads, journal, crowd };
  const experiments = new ExperimentService({ ...parts, ...(place && { place }) });
  const ownSessions = new OwnSessions(platform, (mode) => crowd?.ready(mode) ?? Promise.resolve());
  const may = acting === undefined ? [] : actsOf({ crowd });
  const actions = acting && new ActionRunner(parts);
  const feed = new BankFeed({
    ...feeding,
    extras: () => ({
      may,
      crowd: crowd?.now ?? null,
      audit: auditor?.latest ?? null,
      experiments: acting === undefined ? null : experiments.now,
      done: actions?.done ?? [],
    }),
    p99MsOf: (name) => crowd?.p99MsOf(name) ?? null,
  });
  const broadcast = new Broadcast(pod.bootId, feed, () => crowd?.takeAnswered() ?? {});

  const isLocal = isThisMachine(host.includes(':') ? `[${host}]` : host);
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    done(isLocal && !isThisMachine(request.headers.host) ? new CodedError('host-refused', hostRefused) : undefined);
  });
  server.get('/livez', () => ({ status: 'ok' }));
  server.get('/readyz', () => ({ status: 'ok' }));
  const routes = (scope: FastifyInstance): void => {
    scope.get('/state', () => broadcast.state());
    // Its HEAD would follow the stream too.
    scope.get('/events', { exposeHeadRoute: false }, (request, reply) => {
      const lastEventId = [request.headers['last-event-id']].flat()[0];
      return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(broadcast.follow(lastEventId));
    });
    pageRoutes(scope);
    if (acting !== undefined && actions !== undefined) {
      const available = modeNames.filter((mode) => workloads.includes(modes[mode].workload));
      actingRoutes(scope, { ...acting, actions, crowd, ownSessions, experiments, available });
    }
  };
  routes(server);
  if (path !== undefined) {
    // The page's addresses are relative: without the slash they would lead out of the path.
    server.get(path, (_request, reply) => reply.redirect(`${path}/`, 308));
    await server.register(async (scope) => routes(scope), { prefix: path });
  }

  await server.listen({ host: listenAddress(host), port }).catch((error: NodeJS.ErrnoException) => {
    throw notListening(host, port, error, portRemedy);
  });
  const feedEnded = feed.run(stopping.signal, () => broadcast.isWatched);
  const ticking = setInterval(() => broadcast.tick(), reportEveryMs);
  const { port: taken } = server.server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  return {
    url,
    // A fragment is sent to no server, so that no log keeps it.
    link: acting === undefined ? url : `${url}/#token=${acting.token}`,
    get isWatched() {
      return broadcast.isWatched;
    },
    get isMeasuring() {
      return experiments.isBusy;
    },
    state: () => broadcast.state(),
    async close() {
      clearInterval(ticking);
      stopping.abort();
      experiments.close();
      broadcast.close();
      // A reader who takes nothing would keep the server open.
      const cut = setTimeout(() => server.server.closeAllConnections(), closeGraceMs);
      await Promise.all([server.close(), feedEnded, ownSessions.close()]);
      clearTimeout(cut);
    },
  };
}
