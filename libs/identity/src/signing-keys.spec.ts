import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { formatKeySet, generateSigningKey, parseKeySet } from './signing-keys.js';

const now = Date.UTC(2026, 0, 1);
const jwkOf = (key = generateSigningKey(now)) => JSON.parse(formatKeySet([key])).keys[0] as Record<string, unknown>;
const parse = (...keys: unknown[]) => parseKeySet(JSON.stringify({ keys }));

describe('parseKeySet', () => {
  it('reads what formatKeySet wrote', () => {
    const keys = [generateSigningKey(now), generateSigningKey(now + 1000)];
    const read = parseKeySet(formatKeySet(keys));
    expect(read.map(({ publicJwk, createdAt }) => ({ publicJwk, createdAt }))).toEqual(
      keys.map(({ publicJwk, createdAt }) => ({ publicJwk, createdAt })),
    );
    expect(read.every(({ privateKey }) => privateKey.type === 'private')).toBe(true);
  });

  it('names a key by its RFC 7638 thumbprint', () => {
    // x, y, d of RFC 7515, appendix A.3; the thumbprint by `printf '{"crv":...}' | openssl dgst -sha256 -binary | basenc --base64url`.
    const [key] = parse({
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
      iat: 0,
    });
    expect(key?.kid).toBe('oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U');
  });

  it.each([
    ['text that is not JSON', () => parseKeySet('{"keys": [{"d": "secret"'), /^the key set is not JSON$/],
    ['a set without keys', () => parse(), /keys/],
    ['another curve', () => parse({ ...jwkOf(), crv: 'P-384' }), /keys\.0\.crv/],
    [
      'an RSA key',
      () => parse(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })),
      /keys\.0\.kty/,
    ],
    ['a public key', () => parse({ ...jwkOf(), d: undefined }), /keys\.0\.d/],
    ['a key without its age', () => parse({ ...jwkOf(), iat: undefined }), /keys\.0\.iat/],
    ['a fractional age', () => parse({ ...jwkOf(), iat: 1.5 }), /keys\.0\.iat/],
    [
      'a point off the curve',
      () => parse({ ...jwkOf(), kid: undefined, y: 'A'.repeat(43) }),
      /keys\.0: not a key on P-256/,
    ],
    [
      'a kid that is not the thumbprint',
      () => parse({ ...jwkOf(), kid: 'mine' }),
      /keys\.0\.kid: must be the key's thumbprint/,
    ],
    [
      'halves of two keys',
      () => parse({ ...jwkOf(), d: jwkOf()['d'] }),
      /keys\.0: (not a key|the private and the public half)/,
    ],
  ])('refuses %s and says where', (_what, read, message) => {
    expect(read).toThrow(message);
  });

  it('refuses a key that is there twice', () => {
    const jwk = jwkOf();
    expect(() => parse(jwk, jwk)).toThrow(`the key ${String(jwk['kid'])} is there twice`);
  });

  it('says every fault of form at once and shows no key material', () => {
    const jwk = { ...jwkOf(), crv: 'P-384', iat: -1 };
    const message = messageOf(() => parse(jwk));
    expect(message).toMatch(/keys\.0\.crv.*keys\.0\.iat/);
    expect(message).not.toContain(jwk['d' as keyof typeof jwk]);
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
