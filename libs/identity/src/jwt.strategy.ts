import type { KeyObject } from 'node:crypto';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { Strategy, type SecretOrKeyProvider } from 'passport-jwt';
import type { Clock } from '#libs/service';
import { accessTokenAlgorithm, type TokenParties } from './access-token.js';
import type { KeySetClient } from './key-set-client.js';
import { requireClaims, requireHeader, TokenRefused, type Identity } from './token-rules.js';

/** What the strategy reads of a request: the token, already taken out of its header. */
export interface TokenRequest {
  readonly token: string;
}

/** Verifies an access token by RFC 9068 and RFC 8725: whatever is not known to be right is refused. */
export class JwtStrategy extends PassportStrategy(Strategy, 'access-token') {
  declare private passport: passport.Authenticator | undefined;

  constructor(
    keys: Pick<KeySetClient, 'keyFor'>,
    private readonly parties: TokenParties,
    private readonly clock: Clock,
  ) {
    super({
      jwtFromRequest: ({ token }: TokenRequest) => token,
      secretOrKeyProvider: publicKeyFrom(keys),
      algorithms: [accessTokenAlgorithm],
      // All claims are judged in one place, by the same clock as the rest.
      ignoreExpiration: true,
      jsonWebTokenOptions: { ignoreNotBefore: true },
    });
  }

  /** Passport calls it with the claims of a token whose header and signature are right. */
  override validate(claims: unknown): Identity {
    return requireClaims(claims, this.parties, this.clock.now());
  }

  /** Verifies one token; rejects with whatever refused it. */
  verify(request: TokenRequest): Promise<Identity> {
    return new Promise((resolve, reject) => {
      const done = (error: unknown, identity: Identity | false, reason: unknown): void =>
        identity ? resolve(identity) : reject(error ?? reason);
      this.getPassportInstance().authenticate('access-token', { session: false }, done)(request, {}, reject);
    });
  }

  /** Its own, not the process's: two apps in one process would share the latter, and the last one's keys. */
  protected getPassportInstance(): passport.Authenticator {
    this.passport ??= new passport.Passport();
    return this.passport;
  }
}

function publicKeyFrom(keys: Pick<KeySetClient, 'keyFor'>): SecretOrKeyProvider<TokenRequest> {
  return (_request, token: string, done) => {
    const give = (key: KeyObject | undefined): void =>
      // The types know of strings only; jsonwebtoken takes a key object as it is, and a PEM string costs three times more.
      key ? done(null, key as never) : done(new TokenRefused('kid is unknown'));
    try {
      const key = keys.keyFor(requireHeader(token));
      if (key instanceof Promise) key.then(give, done);
      else give(key);
    } catch (error) {
      done(error);
    }
  };
}
