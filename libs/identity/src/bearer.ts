import type { Clock, Log } from '#libs/service';
import { IdentityError } from './identity-error.js';
import type { JwtStrategy } from './jwt.strategy.js';
import type { Identity } from './token-rules.js';
import type { VerifiedTokens } from './verified-tokens.js';

/** What is read of a request: Node's, Fastify's and Nest's all fit. */
export interface BearerRequest {
  readonly headers: { readonly authorization?: string | undefined };
}

const scheme = 'bearer ';

/** Three parts and nothing else: a doubled header arrives joined by a comma, and is refused like a second space. */
const form = /^[\w-]+\.[\w-]+\.[\w-]*$/;

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
    if (authorization?.slice(0, scheme.length).toLowerCase() !== scheme) throw new IdentityError('token-missing');
    const token = authorization.slice(scheme.length);
    return this.verified.get(token, this.clock.now()) ?? this.#verify(token);
  }

  async #verify(token: string): Promise<Identity> {
    if (!form.test(token)) throw new IdentityError('token-invalid');
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
