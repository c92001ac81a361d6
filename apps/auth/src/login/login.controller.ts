import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clients } from '#libs/service';
import { AuthLimits } from '../limits.js';
import {
  credentials,
  refreshGrant,
  type PasswordCredentials,
  type RefreshGrant,
  type IssuedTokens,
} from './credentials.js';
import { SignIn } from './sign-in.js';

@Controller()
export class LoginController {
  constructor(
    private readonly signIn: SignIn,
    private readonly clients: Clients,
    private readonly limits: AuthLimits,
  ) {}

  @Post('login')
  @HttpCode(200)
  login(
    @Body({ schema: credentials }) given: PasswordCredentials,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssuedTokens> {
    return this.signIn.signIn(given, request, reply);
  }

  @Post('refresh')
  @HttpCode(200)
  async refresh(
    @Body({ schema: refreshGrant }) given: RefreshGrant,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssuedTokens> {
    await this.limits.refreshes.take(await this.clients.of(request), reply);
    return this.signIn.refresh(given.refresh_token, request);
  }

  @Post('logout')
  @HttpCode(204)
  logout(@Body({ schema: refreshGrant }) given: RefreshGrant): Promise<void> {
    return this.signIn.signOut(given.refresh_token);
  }
}
