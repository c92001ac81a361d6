import {
  accessTokenAlgorithm,
  accessTokenLifetimeSeconds,
  accessTokenType,
  type TokenParties,
} from './access-token.js';

/** Who calls, as a verified token says; `tokenExpiresAt` in ms since the epoch. */
export interface Identity {
  readonly customerId: string;
  readonly name: string;
  readonly tokenExpiresAt: number;
}

/** A token breaks a rule. The message is for the log: a caller never learns which rule it was. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** How far the issuer's clock may be ahead, in seconds. */
const leewaySeconds = 5;

/**
 * Reads the `kid` of a token whose header follows RFC 8725: the one allowed algorithm, the right type, no extensions.
 * @throws TokenRefused
 */
export function requireHeader(token: string): string {
  const header = parsePart(token.slice(0, token.indexOf('.')));
  if (typeof header !== 'object' || header === null) throw new TokenRefused('header');
  const { alg, typ, crit, kid } = header as Record<string, unknown>;
  if (alg !== accessTokenAlgorithm) throw new TokenRefused('alg');
  if (typeof typ !== 'string' || !isAccessTokenType(typ)) throw new TokenRefused('typ');
  if (crit !== undefined) throw new TokenRefused('crit');
  if (typeof kid !== 'string') throw new TokenRefused('kid');
  return kid;
}

/**
 * Turns claims whose signature was checked into an identity; `now` in ms since the epoch.
 * @throws TokenRefused if a claim is missing, of the wrong type, not ours, expired, or lives longer than any token of ours
 */
export function requireClaims(claims: unknown, { issuer, audience }: TokenParties, now: number): Identity {
  if (typeof claims !== 'object' || claims === null) throw new TokenRefused('claims');
  const { iss, aud, sub, name, iat, nbf, exp } = claims as Record<string, unknown>;
  if (iss !== issuer) throw new TokenRefused('iss');
  if (aud !== audience && !(Array.isArray(aud) && aud.includes(audience))) throw new TokenRefused('aud');
  if (!isText(sub)) throw new TokenRefused('sub');
  if (!isText(name)) throw new TokenRefused('name');
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) throw new TokenRefused('iat or exp is no integer');
  if (nbf !== undefined && !(Number.isSafeInteger(nbf) && (nbf as number) * 1000 <= now)) throw new TokenRefused('nbf');
  const [issuedAt, expiresAt] = [iat as number, exp as number];
  if (issuedAt * 1000 > now + leewaySeconds * 1000) throw new TokenRefused('iat is in the future');
  if (expiresAt > issuedAt + accessTokenLifetimeSeconds + leewaySeconds) throw new TokenRefused('exp is too far');
  if (expiresAt * 1000 <= now) throw new TokenRefused('expired');
  return Object.freeze({ customerId: sub, name, tokenExpiresAt: expiresAt * 1000 });
}

function isAccessTokenType(typ: string): boolean {
  return typ.toLowerCase().replace(/^application\//, '') === accessTokenType;
}

function parsePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    throw new TokenRefused('not JSON');
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
