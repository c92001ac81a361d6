import { randomUUID } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { Clock } from '#libs/service';
import { signingKeyAt, type KeySchedule } from './key-schedule.js';
import type { SigningKey } from './signing-keys.js';

/** Who a token is about. */
export interface Subject {
  readonly customerId: string;
  readonly name: string;
}

/** Who issues tokens and for whom: both sides must say the same. */
export interface TokenParties {
  readonly issuer: string;
  readonly audience: string;
}

/** The claims of an access token (RFC 9068, section 2.2), times in seconds since the epoch, and the customer's name. */
export interface AccessTokenClaims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly client_id: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly name: string;
}

/** Its `typ`, in any case, also with `application/` before it (RFC 9068, section 4; RFC 7515, section 4.1.9). */
export const accessTokenType = 'at+jwt';
export const accessTokenAlgorithm = 'ES256';
export const accessTokenLifetimeSeconds = 300;

/** Issues access tokens, each signed by the key whose turn it is. */
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly source: { readonly keys: readonly SigningKey[] },
    private readonly parties: TokenParties,
    private readonly schedule: KeySchedule,
    private readonly clock: Clock,
  ) {}

  /** Returns a signed token about `subject` and the seconds that it lives. */
  issue(subject: Subject): { token: string; expiresInSeconds: number } {
    const now = this.clock.now();
    const { kid, privateKey } = signingKeyAt(this.source.keys, now, this.schedule);
    const token = this.jwt.sign(this.#claims(subject, Math.floor(now / 1000)), {
      privateKey,
      algorithm: accessTokenAlgorithm,
      header: { alg: accessTokenAlgorithm, typ: accessTokenType, kid },
    });
    return { token, expiresInSeconds: this.schedule.tokenLifetimeSeconds };
  }

  #claims({ customerId, name }: Subject, iat: number): AccessTokenClaims {
    return {
      iss: this.parties.issuer,
      aud: this.parties.audience,
      sub: customerId,
      client_id: 'tellers',
      iat,
      exp: iat + this.schedule.tokenLifetimeSeconds,
      jti: randomUUID(),
      name,
    };
  }
}
