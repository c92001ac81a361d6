import { accessTokenAlgorithm, accessTokenLifetimeSeconds, accessTokenType } from './access-token.js';

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
  const header = parseHeader(token.slice(0, token.indexOf('.')));
  if (header.alg !== accessTokenAlgorithm) throw new TokenRefused('alg');
  if (header.typ !== accessTokenType) throw new TokenRefused('typ');
  if (header.crit !== undefined) throw new TokenRefused('crit');
  if (typeof header.kid !== 'string') throw new TokenRefused('kid');
  return header.kid;
}

/**
 * Turns claims whose signature, issuer and audience were checked into an identity; `now` in ms since the epoch.
 * @throws TokenRefused if a claim is missing, of the wrong type, expired, or lives longer than any token of ours
 */
export function requireClaims(claims: unknown, now: number): Identity {
  if (typeof claims !== 'object' || claims === null) throw new TokenRefused('claims');
  const { sub, name, iat, exp } = claims as Record<string, unknown>;
  if (!isText(sub)) throw new TokenRefused('sub');
  if (!isText(name)) throw new TokenRefused('name');
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) throw new TokenRefused('iat or exp is no integer');
  const [issuedAt, expiresAt] = [iat as number, exp as number];
  if (issuedAt * 1000 > now + leewaySeconds * 1000) throw new TokenRefused('iat is in the future');
  if (expiresAt > issuedAt + accessTokenLifetimeSeconds + leewaySeconds) throw new TokenRefused('exp is too far');
  if (expiresAt * 1000 <= now) throw new TokenRefused('expired');
  return Object.freeze({ customerId: sub, name, tokenExpiresAt: expiresAt * 1000 });
}

function parseHeader(segment: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString());
    if (typeof header === 'object' && header !== null) return header as Record<string, unknown>;
  } catch {
    // Not JSON: refused below like any other header that is no object.
  }
  throw new TokenRefused('header');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
