import type { Clock, Log } from '#libs/service';
import { IdentityError } from './identity-error.js';
import type { JwtStrategy } from './jwt.strategy.js';
import type { Identity } from './token-rules.js';
import type { VerifiedTokens } from './verified-tokens.js';

/** What is read of a request: Node's, Fastify's and Nest's all fit. */
export interface BearerRequest {
  readonly headers: { readonly authorization?: string | undefined };
}

/** One scheme, one space, one token (RFC 6750, section 2.1); a doubled header arrives joined by a comma and is refused. */
const bearerCredentials = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i;

/** Tells who sends a request, by its bearer token. */
export class Bearer {
  constructor(
    private readonly strategy: JwtStrategy,
    private readonly verified: VerifiedTokens,
    private readonly clock: Clock,
    private readonly log: Pick<Log, 'debug'>,
  ) {}

  /**
   * Returns who calls: at once if the token was seen before, else after its verification.
   * @throws IdentityError `token-missing`, `token-invalid` or `keys-unavailable`, at once or as a rejection
   */
  authenticate({ headers: { authorization } }: BearerRequest): Identity | Promise<Identity> {
    if (!authorization) throw new IdentityError('token-missing');
    // What is in the map was well formed, so a hit needs no look at the form.
    const seen = authorization.startsWith('Bearer ') && this.verified.get(authorization.slice(7), this.clock.now());
    return seen || this.#verify(authorization);
  }

  async #verify(authorization: string): Promise<Identity> {
    const token = bearerCredentials.exec(authorization)?.[1];
    if (!token) throw new IdentityError(/^Bearer\b/i.test(authorization) ? 'token-invalid' : 'token-missing');
    const { generation } = this.verified;
    try {
      const identity = await this.strategy.verify({ token });
      this.verified.remember(token, identity, generation);
      return identity;
    } catch (error) {
      if (error instanceof IdentityError) throw error;
      this.log.debug({ reason: (error as Error).message }, 'access token refused');
      throw new IdentityError('token-invalid');
    }
  }
}
