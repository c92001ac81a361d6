import type { FastifyInstance } from 'fastify';
import { podNameHere, type PodIdentity } from '../pod.js';
import type { ProblemTable } from '../problems/problem.js';
import { createFront } from './front.js';

/**
 * A server for a program that is no service of the bank, with neither Redis nor a second port: bounds on sizes and times,
 * request ids, X-Served-By, and a problem document for every error.
 * @param problems status and title of each error code that its routes can throw
 * @param options for how long browsers are to come by TLS alone; 0 asks nothing of anybody
 */
export function createPlainServer(
  name: string,
  problems: ProblemTable = {},
  { hstsSeconds = 0 }: { readonly hstsSeconds?: number | undefined } = {},
): { server: FastifyInstance; pod: PodIdentity } {
  const { server, filter, pod } = createFront(name, problems, {
    POD_NAME: podNameHere(),
    LOG_LEVEL: 'warn',
    ACCESS_LOG: false,
    PATH_PREFIX: '',
    HSTS_SECONDS: hstsSeconds,
    TRUST_PROXY: [],
    DRAIN_DEADLINE_MS: 0,
    DRAIN_QUIET_MS: 0,
    DRAIN_LEAVE_MS: 0,
  });
  filter.attachTo(server);
  return { server, pod };
}
