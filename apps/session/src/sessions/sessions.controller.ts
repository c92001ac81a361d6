import { Controller, Delete, HttpCode, HttpStatus, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BearerGuard, Caller, type Identity } from '#libs/identity';
import { SessionCookies } from './cookies.js';
import { OpeningLimits } from './opening-limits.js';
import { SessionId } from './session-id.decorator.js';
import { SessionViews, type SessionView } from './session-view.js';
import { Sessions } from './sessions.js';

/** Opens and ends a session. `GET` of it, and of its overview, are in session.routes.ts, for speed. */
@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly views: SessionViews,
    private readonly cookies: SessionCookies,
    private readonly limits: OpeningLimits,
  ) {}

  @Post()
  @UseGuards(BearerGuard)
  async open(
    @Caller() caller: Identity,
    @SessionId() before: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    await this.limits.take(caller, request, reply);
    const session = await this.sessions.open(caller);
    // Its cookie is about to be replaced: nobody could sign it out any more.
    if (before !== undefined) await this.sessions.endIfHere(before);
    reply.header('set-cookie', this.cookies.bind(session.id));
    return this.views.of(session);
  }

  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  async end(@SessionId() id: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(id);
    reply.header('set-cookie', this.cookies.release());
    // The next session may as well begin at another pod.
    reply.header('set-cookie', this.cookies.releaseAffinity());
  }
}
