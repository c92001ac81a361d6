import type { FastifyReply, FastifyRequest } from 'fastify';

/** As nginx logs a client that left before its reply; no client is ever told it. */
const clientClosedRequest = 499;

/** A request that is over, as its line in the access log has it beside level, time, service and pod. */
export interface AccessLine {
  readonly requestId: string;
  readonly method: string;
  /** The pattern of its path, as `/accounts/:id`; `none` where there is no such route. */
  readonly route: string;
  readonly status: number;
  /** From its first byte to the end of the reply, in milliseconds. */
  readonly ms: number;
}

export function accessLine(request: FastifyRequest, reply: FastifyReply): AccessLine {
  return {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.raw.writableFinished ? reply.statusCode : clientClosedRequest,
    ms: Math.round(reply.elapsedTime * 10) / 10,
  };
}
