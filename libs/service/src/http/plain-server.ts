import type { FastifyInstance } from 'fastify';
import { podNameHere, type PodIdentity } from '../pod.js';
import type { ProblemTable } from '../problems/problem.js';
import { createFront, type FrontOptions } from './front.js';

/**
 * A server for a program that is no service of the bank, with neither Redis nor a second port: bounds on sizes and times,
 * request ids, X-Served-By, and a problem document for every error.
 * @param problems status and title of each error code that its routes can throw
 */
export function createPlainServer(
  name: string,
  problems: ProblemTable = {},
  options: Pick<FrontOptions, 'hstsSeconds'> = {},
): { server: FastifyInstance; pod: PodIdentity } {
  const { server, filter, pod } = createFront({
    name,
    problems,
    ...options,
    podName: podNameHere(),
    logLevel: 'warn',
    drain: { deadlineMs: 0, quietMs: 0, leaveMs: 0 },
  });
  filter.attachTo(server);
  return { server, pod };
}
