import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { securityHeaders } from '#libs/http';
import { CodedError } from '../coded-error.js';
import type { Log } from '../log.js';
import { FaultLog } from './fault-log.js';
import { problemContentType, toProblem, type ProblemReply, type ProblemTable } from './problem.js';

/** Answers every error of a service, Nest's, Fastify's or its own, with a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #faults: FaultLog;

  constructor(
    private readonly table: ProblemTable,
    log: Log,
    private readonly notFound: (request: FastifyRequest) => ProblemReply,
  ) {
    this.#faults = new FaultLog(log);
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest(), http.getResponse());
  }

  /** Answers every error of a server that is not Nest's, and every path that it has not. */
  attachTo(server: FastifyInstance): void {
    server.setErrorHandler((error, request, reply) => this.answer(error, request, reply));
    server.setNotFoundHandler((request, reply) => this.answer(new CodedError('not-found', ''), request, reply));
  }

  /** Tells the log what was not told yet. */
  close(): void {
    this.#faults.close();
  }

  /** Sends the problem document for an error as the reply to a request. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const reported = toProblem(error, this.table);
    const { problem, headers } = reported.problem.status === 404 && request.is404 ? this.notFound(request) : reported;
    if (problem.status >= 500) this.#faults.tell(error, problem, request.id);
    void reply
      .code(problem.status)
      // What comes before any hook has none yet; what a handler said of its reply's caching is not said of its error.
      .headers({ ...securityHeaders, ...reply.getHeaders(), ...headers, 'cache-control': 'no-store' })
      .header('content-type', problemContentType)
      .send({ ...problem, instance: request.originalUrl.split('?')[0], requestId: request.id });
  }
}
