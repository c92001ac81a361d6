import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokens, IdentityError, Passwords, RefreshTokens, type Subject } from '#libs/identity';
import { LOG, type Log } from '#libs/service';
import { Customers } from '../customers/customers.js';
import { Attempts } from './attempts.js';
import { UnusedCustomers } from '../customers/unused-customers.js';
import type { PasswordCredentials, IssuedTokens } from './credentials.js';

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
    private readonly attempts: Attempts,
    private readonly unused: UnusedCustomers,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /**
   * @throws IdentityError `credentials-invalid`, which takes as long whether or not there is such a customer; `too-busy`
   * @throws LimitExceeded `rate-limited`, `too-many-failures`
   */
  async signIn(
    { username, password }: PasswordCredentials,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<IssuedTokens> {
    const { ip, id } = request;
    const [customer, attempt] = await Promise.all([
      this.customers.find(username),
      this.attempts.begin(username, request, reply),
    ]);
    const passwordHash = customer?.opened ? customer.passwordHash : undefined;
    const matches = await this.passwords.verify(passwordHash, password, attempt.turn);
    if (!customer || !matches) {
      this.log.warn({ username, customerId: customer?.customerId, address: ip, requestId: id }, 'sign-in failed');
      await attempt.failed();
      throw new IdentityError('credentials-invalid');
    }
    this.unused.seen(customer.customerId);
    const [refreshToken] = await Promise.all([this.refreshTokens.issue(customer), attempt.succeeded()]);
    return this.#reply(customer, refreshToken);
  }

  /** @throws IdentityError `refresh-token-invalid` */
  async refresh(refreshToken: string, { ip, id }: Origin): Promise<IssuedTokens> {
    const { token, subject } = await this.refreshTokens.rotate(refreshToken).catch((error: unknown) => {
      if (error instanceof IdentityError) this.log.warn({ address: ip, requestId: id }, 'refresh token refused');
      throw error;
    });
    this.unused.seen(subject.customerId);
    return this.#reply(subject, token);
  }

  /** Signs out; an access token that is out there lives on until it expires. */
  async signOut(refreshToken: string): Promise<void> {
    await this.refreshTokens.revoke(refreshToken);
  }

  #reply(subject: Subject, refreshToken: string): IssuedTokens {
    const { token, expiresInSeconds } = this.accessTokens.issue(subject);
    return { access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds, refresh_token: refreshToken };
  }
}
