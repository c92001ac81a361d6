import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';

/** The public half of a key as it is published (RFC 7517); `kid` is its thumbprint (RFC 7638). */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
}

/** A P-256 key that signs access tokens; it counts as published from `createdAt` (seconds since the epoch) on. */
export interface SigningKey {
  readonly kid: string;
  readonly createdAt: number;
  readonly privateKey: KeyObject;
  readonly publicJwk: PublicJwk;
}

/** The text is no usable set of private keys; the message says which key and why, and shows no key material. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
}

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url');
const privateKeySet = z.object({
  keys: z
    .array(
      z.object({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: coordinate,
        y: coordinate,
        d: coordinate,
        kid: z.string().optional(),
        iat: z.int().nonnegative(),
      }),
    )
    .min(1),
});
type PrivateJwk = z.infer<typeof privateKeySet>['keys'][number];

/** Makes a new key, created at `now` (ms since the epoch). */
export function generateSigningKey(now: number): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return signingKey(privateKey, Math.floor(now / 1000));
}

/**
 * Reads a private JWK set: EC keys on P-256, each with `iat` (seconds); `kid` may be left out, and is the thumbprint.
 * @throws KeySetError that lists every fault of form, or names the first key that cannot be used
 */
export function parseKeySet(text: string): SigningKey[] {
  const parsed = privateKeySet.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new KeySetError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  }
  const keys = parsed.data.keys.map(importKey);
  const twice = keys.find(({ kid }, index) => keys.findIndex((key) => key.kid === kid) !== index);
  if (twice) throw new KeySetError(`the key ${twice.kid} is there twice`);
  return keys;
}

/** Writes keys as the private JWK set that `parseKeySet` reads. The text is secret. */
export function formatKeySet(keys: readonly SigningKey[]): string {
  const jwks = keys.map(({ privateKey, publicJwk, createdAt }) => ({
    ...publicJwk,
    iat: createdAt,
    d: privateKey.export({ format: 'jwk' }).d,
  }));
  return JSON.stringify({ keys: jwks }, undefined, 2);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text is secret.
    throw new KeySetError('the key set is not JSON');
  }
}

function importKey(jwk: PrivateJwk, index: number): SigningKey {
  const privateKey = importPrivateKey(jwk, index);
  const key = signingKey(privateKey, jwk.iat);
  if (jwk.kid !== undefined && jwk.kid !== key.kid) {
    throw new KeySetError(`keys.${index}.kid: must be the key's thumbprint, ${key.kid}`);
  }
  // OpenSSL takes a private and a public half that do not belong together; such a key would sign tokens that nobody accepts.
  if (
    !verify(
      'sha256',
      Buffer.from(key.kid),
      createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' }),
      sign('sha256', Buffer.from(key.kid), privateKey),
    )
  ) {
    throw new KeySetError(`keys.${index}: the private and the public half do not belong together`);
  }
  return key;
}

function importPrivateKey({ kty, crv, x, y, d }: PrivateJwk, index: number): KeyObject {
  try {
    return createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' });
  } catch {
    throw new KeySetError(`keys.${index}: not a key on P-256`);
  }
}

function signingKey(privateKey: KeyObject, createdAt: number): SigningKey {
  const { x, y } = privateKey.export({ format: 'jwk' }) as { x: string; y: string };
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url');
  return { kid, createdAt, privateKey, publicJwk: { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' } };
}
