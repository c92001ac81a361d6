import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CodedError, invalidRequest, type ProblemTable } from '#libs/service';
import { maxArrivals, maxCustomers, type Crowd } from '../../bank/crowd/crowd.js';
import { modeNames, type ModeName } from '../../bank/modes.js';
import { ownSessionProblems, type OwnSessions } from '../../bank/own-session/own-sessions.js';
import type { ExperimentService } from '../experiment-service.js';
import type { ActionName } from '../../protocol/snapshots.js';
import { refusalOf, type Refusal } from './admission.js';
import type { ActionRunner } from './action-runner.js';

const bearer = { 'www-authenticate': 'Bearer' };

export const actingProblems = {
  ...ownSessionProblems,
  'token-missing': { status: 401, title: 'This needs the token of the lab', headers: bearer },
  'token-wrong': { status: 401, title: 'The token is not the one of this lab', headers: bearer },
  'cannot-here': { status: 409, title: 'That cannot be done here' },
  'experiment-running': { status: 409, title: 'An experiment is running' },
} satisfies ProblemTable;

/** What is needed to act; without it the lab only looks. */
export interface Acting {
  /** Who tells it may act. */
  readonly token: string;
}

/** A report has a style sheet in it, and neither a script nor a need of anything else. */
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const refusals: Readonly<Record<Refusal, string>> = {
  'cross-origin-refused': 'Only the page of this lab may ask for that.',
  'token-missing': 'Open the page by the link that the lab printed when it was started.',
  'token-wrong': 'The lab was started anew: open the page by the link that it printed then.',
};

export interface ActingParts {
  readonly token: string;
  readonly actions: ActionRunner;
  readonly crowd: Crowd | undefined;
  readonly ownSessions: OwnSessions;
  readonly experiments: ExperimentService;
  /** Modes that this bank has. */
  readonly available: readonly ModeName[];
}

const replicas = z.strictObject({ replicas: z.int().min(0).max(20) });
const experimentRequest = z.strictObject({ name: z.string(), quick: z.boolean() });
const openOwnSession = z.strictObject({ mode: z.enum(modeNames) });
const ownSessionRequest = z.strictObject({
  ask: z.enum(['sign-in', 'look', 'payee', 'amount', 'confirm', 'sign-out']),
});
const seconds = z.strictObject({ seconds: z.int().min(1).max(30) });

/** The routes that change something; each needs the token, and no foreign origin. */
export function actingRoutes(
  server: FastifyInstance,
  { token, actions, crowd, ownSessions, experiments, available }: ActingParts,
): void {
  const guarded = { onRequest: (request: FastifyRequest) => admit(request, token) };
  const act = { ...guarded, preHandler: async () => experiments.refuseWhileBusy() };
  if (crowd !== undefined) {
    const desired = z.strictObject({
      modes: z.array(z.enum(modeNames)).optional(),
      customers: z.int().min(0).max(maxCustomers).optional(),
      arrivalsPerSecond: z.number().min(0).max(maxArrivals).optional(),
    });
    server.put('/crowd', guarded, async ({ body }) => {
      const { modes, customers, arrivalsPerSecond } = read(desired, body);
      const strange = modes?.find((mode) => !available.includes(mode));
      if (strange !== undefined) throw new CodedError('invalid-request', `modes: this bank has no mode ${strange}`);
      return crowd.change({
        ...(modes && { modes }),
        ...(customers !== undefined && { customers }),
        ...(arrivalsPerSecond !== undefined && { arrivalsPerSecond }),
      });
    });
  }
  server.post('/workloads/:workload/scale', act, (request) =>
    actions.scale(named(request, 'workload'), read(replicas, request.body).replicas),
  );
  server.post('/workloads/:workload/roll', act, (request) => actions.roll(named(request, 'workload')));
  server.post('/pods/:pod/kill', act, (request) => actions.kill(named(request, 'pod')));
  server.post('/pods/:pod/stop', act, (request) => actions.stop(named(request, 'pod')));
  server.post('/sessions', act, async (request, reply) => {
    const { mode } = read(openOwnSession, request.body);
    if (!available.includes(mode)) throw new CodedError('invalid-request', `mode: this bank has no mode ${mode}`);
    return reply.code(201).send(await ownSessions.begin(mode));
  });
  server.post('/sessions/:id/ask', act, (request) =>
    ownSessions.ask(named(request, 'id'), read(ownSessionRequest, request.body).ask),
  );
  server.get('/sessions/:id', guarded, (request) => ownSessions.now(named(request, 'id')));
  server.delete('/sessions/:id', guarded, async (request, reply) => {
    await ownSessions.end(named(request, 'id'));
    return reply.code(204).send();
  });
  server.post('/experiments', guarded, (request, reply) => {
    experiments.start(read(experimentRequest, request.body));
    return reply.code(202).send();
  });
  server.delete('/experiments/running', guarded, (_request, reply) => {
    experiments.stop();
    return reply.code(204).send();
  });
  server.get('/reports/:file', (request, reply) => {
    const { type, text } = experiments.report(named(request, 'file'));
    return reply.type(type).header('content-security-policy', reportPolicy).send(text);
  });
  server.post('/store/pause', act, (request) => actions.pauseStore(read(seconds, request.body).seconds));
}

/** What these routes let be done. */
export function actsOf({ crowd }: Pick<ActingParts, 'crowd'>): ActionName[] {
  const always = ['session', 'scale', 'kill', 'stop', 'roll', 'pause-store', 'experiment'] as const;
  return [...(crowd === undefined ? [] : (['crowd'] as const)), ...always];
}

/** @throws CodedError */
async function admit({ headers }: FastifyRequest, token: string): Promise<void> {
  const { authorization, host, origin } = headers;
  const fetchSite = [headers['sec-fetch-site']].flat()[0];
  const refusal = refusalOf({ authorization, host, origin, fetchSite }, token);
  if (refusal !== undefined) throw new CodedError(refusal, refusals[refusal]);
}

/** @throws CodedError invalid-request */
export function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const { data, error } = schema.safeParse(body);
  if (error !== undefined) throw invalidRequest(error.issues);
  return data;
}

function named({ params }: FastifyRequest, name: string): string {
  return (params as Record<string, string>)[name] ?? '';
}
