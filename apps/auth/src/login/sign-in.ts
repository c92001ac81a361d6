import { Inject, Injectable } from '@nestjs/common';
import { AccessTokens, IdentityError, Passwords, RefreshTokens, type Subject } from '#libs/identity';
import { LOG, type Log } from '#libs/service';
import { Customers } from '../customers/customers.js';
import type { Credentials, TokenReply } from './credentials.js';

/** Which request asks, for the log of those that failed. */
export interface Origin {
  /** The client's address. */
  readonly ip: string;
  /** The request's id. */
  readonly id: string;
}

@Injectable()
export class SignIn {
  constructor(
    private readonly customers: Customers,
    private readonly passwords: Passwords,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** @throws IdentityError `credentials-invalid`, which takes as long whether or not there is such a customer; `too-busy` */
  async signIn({ username, password }: Credentials, { ip, id }: Origin): Promise<TokenReply> {
    const customer = await this.customers.find(username);
    const passwordHash = customer?.opened ? customer.passwordHash : undefined;
    const matches = await this.passwords.verify(passwordHash, password);
    if (!customer || !matches) {
      this.log.warn({ username, customerId: customer?.customerId, address: ip, requestId: id }, 'sign-in failed');
      throw new IdentityError('credentials-invalid');
    }
    return this.#reply(customer, await this.refreshTokens.issue(customer));
  }

  /** @throws IdentityError `refresh-token-invalid` */
  async refresh(refreshToken: string, { ip, id }: Origin): Promise<TokenReply> {
    const { token, subject } = await this.refreshTokens.rotate(refreshToken).catch((error: unknown) => {
      if (error instanceof IdentityError) this.log.warn({ address: ip, requestId: id }, 'refresh token refused');
      throw error;
    });
    return this.#reply(subject, token);
  }

  /** Signs out; an access token that is out there lives on until it expires. */
  async signOut(refreshToken: string): Promise<void> {
    await this.refreshTokens.revoke(refreshToken);
  }

  #reply(subject: Subject, refreshToken: string): TokenReply {
    const { token, expiresInSeconds } = this.accessTokens.issue(subject);
    return { access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds, refresh_token: refreshToken };
  }
}
