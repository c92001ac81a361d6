import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { credentials, refreshGrant, type Credentials, type RefreshGrant, type TokenReply } from './credentials.js';
import { SignIn, type Origin } from './sign-in.js';

@Controller()
export class LoginController {
  constructor(private readonly signIn: SignIn) {}

  @Post('login')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  login(@Body({ schema: credentials }) given: Credentials, @Req() request: Origin): Promise<TokenReply> {
    return this.signIn.signIn(given, request);
  }

  @Post('refresh')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  refresh(@Body({ schema: refreshGrant }) given: RefreshGrant, @Req() request: Origin): Promise<TokenReply> {
    return this.signIn.refresh(given.refresh_token, request);
  }

  @Post('logout')
  @HttpCode(204)
  logout(@Body({ schema: refreshGrant }) given: RefreshGrant): Promise<void> {
    return this.signIn.signOut(given.refresh_token);
  }
}
