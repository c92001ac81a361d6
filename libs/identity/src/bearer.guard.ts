import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Bearer, type BearerRequest } from './bearer.js';
import type { Identity } from './token-rules.js';

interface IdentifiedRequest extends BearerRequest {
  identity?: Identity;
}

/** Lets a request through whose bearer token is right, and notes who calls. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(private readonly bearer: Bearer) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    request.identity = await this.bearer.authenticate(request);
    return true;
  }
}

/** Gives a handler behind the guard the identity of its caller. */
export const Caller = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<IdentifiedRequest>().identity,
);
