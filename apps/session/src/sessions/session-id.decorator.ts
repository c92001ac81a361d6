import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session that the request's cookie names, not looked up yet. */
    readonly sessionId: string | undefined;
  }
}

/** Gives a handler the id of the session that the request's cookie names, or undefined. */
export const SessionId = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().sessionId,
);
