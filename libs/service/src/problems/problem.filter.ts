import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../coded-error.js';
import type { Log } from '../log.js';
import { problemContentType, toProblem, type ProblemReply, type ProblemTable } from './problem.js';

/** Answers every error of a service, Nest's, Fastify's or its own, with a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly table: ProblemTable,
    private readonly log: Log,
    private readonly notFound: (request: FastifyRequest) => ProblemReply,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest(), http.getResponse());
  }

  /** Answers every error of a server that is not Nest's, and every path that it has not. */
  attachTo(server: FastifyInstance): void {
    server.setErrorHandler((error, request, reply) => this.answer(error, request, reply));
    server.setNotFoundHandler((request, reply) => this.answer(new CodedError('not-found', ''), request, reply));
  }

  /** Sends the problem document for an error as the reply to a request. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const told = toProblem(error, this.table);
    const { problem, headers } = told.problem.status === 404 && request.is404 ? this.notFound(request) : told;
    if (problem.status >= 500) this.log.error({ err: error, requestId: request.id }, problem.title);
    void reply
      .code(problem.status)
      .headers(headers)
      .header('content-type', problemContentType)
      .send({ ...problem, instance: request.originalUrl.split('?')[0], requestId: request.id });
  }
}
