import { createHmac, createPublicKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AccessTokens } from './access-token.js';
import { Bearer } from './bearer.js';
import { JwtStrategy } from './jwt.strategy.js';
import { publishedKeysAt } from './key-schedule.js';
import { generateSigningKey } from './signing-keys.js';
import { VerifiedTokens } from './verified-tokens.js';

const parties = { issuer: 'urn:tellers:auth', audience: 'urn:tellers:bank' };
const schedule = { leadSeconds: 300, tokenLifetimeSeconds: 300 };
const subject = { customerId: 'c1', name: 'Ada' };
const start = Date.UTC(2026, 0, 1);
const startSeconds = start / 1000;
const own = generateSigningKey(start);
const foreign = generateSigningKey(start);

let now = start;
const clock = { now: () => now };
let signingKeys = [own];
const source = {
  get keys() {
    return signingKeys;
  },
};
const issuer = new AccessTokens(new JwtService(), source, parties, schedule, clock);

let known: Map<string, KeyObject>;
let lookups: number;
let refusals: string[];
let verified: VerifiedTokens;
let bearer: Bearer;

/** What a verifier does when the issuer's set changed. */
function adoptPublishedKeys(): void {
  known = new Map(
    publishedKeysAt(signingKeys, now, schedule).map((jwk) => [
      jwk.kid,
      createPublicKey({ key: { ...jwk }, format: 'jwk' }),
    ]),
  );
  verified.clear();
}

beforeEach(() => {
  [now, signingKeys, lookups, refusals, verified] = [start, [own], 0, [], new VerifiedTokens()];
  adoptPublishedKeys();
  const keys = { keyFor: (kid: string) => ((lookups += 1), known.get(kid)) };
  const log = { debug: ({ reason }: { reason: string }) => refusals.push(reason) } as never;
  bearer = new Bearer(new JwtStrategy(keys, parties, clock), verified, clock, log);
});

const claims = () => ({
  iss: parties.issuer,
  aud: parties.audience,
  sub: subject.customerId,
  client_id: 'tellers',
  name: subject.name,
  iat: startSeconds,
  exp: startSeconds + 300,
  jti: randomUUID(),
});
const header = () => ({ alg: 'ES256', typ: 'at+jwt', kid: own.kid });
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

function tokenOf(head: object, body: unknown, key = own.privateKey): string {
  const input = `${encode(head)}.${encode(body)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

function hmacToken(): string {
  const input = `${encode({ ...header(), alg: 'HS256' })}.${encode(claims())}`;
  const pem = createPublicKey({ key: { ...own.publicJwk }, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
  return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
}

const ask = async (authorization?: string) => bearer.authenticate({ headers: { authorization } });

describe('Bearer', () => {
  it('knows who holds a token that the issuer signed, and until when', async () => {
    expect(await ask(`Bearer ${issuer.issue(subject).token}`)).toEqual({ ...subject, tokenExpiresAt: start + 300_000 });
  });

  it('issues tokens as RFC 9068 says', () => {
    const [head, body] = issuer
      .issue(subject)
      .token.split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(head ?? '')).toEqual(header());
    expect(JSON.parse(body ?? '')).toEqual({ ...claims(), jti: expect.stringMatching(/^[\w-]{36}$/) });
  });

  it('verifies a token once and then answers at once', async () => {
    const authorization = `Bearer ${issuer.issue(subject).token}`;
    await ask(authorization);
    expect(bearer.authenticate({ headers: { authorization } })).toMatchObject(subject);
    expect(lookups).toBe(1);
  });

  it('takes the scheme in any case', async () => {
    expect(await ask(`bEARER ${issuer.issue(subject).token}`)).toMatchObject(subject);
  });

  it.each(['application/at+jwt', 'AT+JWT', 'Application/At+Jwt'])('takes the type %s', async (typ) => {
    expect(await ask(`Bearer ${tokenOf({ ...header(), typ }, claims())}`)).toMatchObject(subject);
  });

  it('takes a token for several audiences if ours is among them', async () => {
    const token = tokenOf(header(), { ...claims(), aud: ['urn:other', parties.audience] });
    expect(await ask(`Bearer ${token}`)).toMatchObject(subject);
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['another scheme', 'Basic dTpw'],
    ['a scheme alone', 'Bearer'],
    ['a tab for the space', 'Bearer\ttoken'],
  ])('says that a token is missing where there is %s', async (_what, authorization) => {
    await expect(ask(authorization)).rejects.toMatchObject({ code: 'token-missing' });
  });

  it.each<[string, () => string, RegExp]>([
    ['of a foreign key', () => tokenOf(header(), claims(), foreign.privateKey), /^invalid signature$/],
    [
      'of an unknown kid',
      () => tokenOf({ ...header(), kid: foreign.kid }, claims(), foreign.privateKey),
      /kid is unknown/,
    ],
    ['without kid', () => tokenOf({ ...header(), kid: undefined }, claims()), /^kid$/],
    ['with alg none', () => `${encode({ ...header(), alg: 'none' })}.${encode(claims())}.`, /^alg$/],
    ['signed with the public key as an HMAC secret', hmacToken, /^alg$/],
    ['of another type', () => tokenOf({ ...header(), typ: 'JWT' }, claims()), /^typ$/],
    ['of a type of another kind', () => tokenOf({ ...header(), typ: 'text/at+jwt' }, claims()), /^typ$/],
    ['of a type that is a list', () => tokenOf({ ...header(), typ: ['at+jwt'] }, claims()), /^typ$/],
    ['without type', () => tokenOf({ ...header(), typ: undefined }, claims()), /^typ$/],
    [
      'with an extension that must be understood',
      () => tokenOf({ ...header(), crit: ['b64'], b64: false }, claims()),
      /^crit$/,
    ],
    ['of another issuer', () => tokenOf(header(), { ...claims(), iss: 'urn:else' }), /^iss$/],
    ['for another audience', () => tokenOf(header(), { ...claims(), aud: 'urn:else' }), /^aud$/],
    ['for no audience', () => tokenOf(header(), { ...claims(), aud: undefined }), /^aud$/],
    [
      'that expires now',
      () => tokenOf(header(), { ...claims(), iat: startSeconds - 300, exp: startSeconds }),
      /^expired$/,
    ],
    ['that never expires', () => tokenOf(header(), { ...claims(), exp: undefined }), /no integer/],
    ['with a huge exp', () => tokenOf(header(), { ...claims(), exp: Number.MAX_SAFE_INTEGER }), /exp is too far/],
    ['with an exp past all integers', () => tokenOf(header(), { ...claims(), exp: 1e300 }), /no integer/],
    ['with a fractional exp', () => tokenOf(header(), { ...claims(), exp: startSeconds + 0.5 }), /no integer/],
    ['with an exp in text', () => tokenOf(header(), { ...claims(), exp: String(startSeconds + 300) }), /no integer/],
    [
      'that lives a second longer than ours may',
      () => tokenOf(header(), { ...claims(), exp: startSeconds + 306 }),
      /exp is too far/,
    ],
    [
      'from the future',
      () => tokenOf(header(), { ...claims(), iat: startSeconds + 6, exp: startSeconds + 306 }),
      /iat is in the future/,
    ],
    ['that is not valid yet', () => tokenOf(header(), { ...claims(), nbf: startSeconds + 1 }), /^nbf$/],
    ['without iat', () => tokenOf(header(), { ...claims(), iat: undefined }), /no integer/],
    ['about a number', () => tokenOf(header(), { ...claims(), sub: 7 }), /^sub$/],
    ['about nobody', () => tokenOf(header(), { ...claims(), sub: '' }), /^sub$/],
    ['without a name', () => tokenOf(header(), { ...claims(), name: undefined }), /^name$/],
    ['whose claims are null', () => tokenOf(header(), null), /./],
    ['whose claims are a list', () => tokenOf(header(), []), /./],
    ['whose header is null', () => tokenOf(null as never, claims()), /^header$/],
    ['whose header is no JSON', () => `e30x.${encode(claims())}.AA`, /^not JSON$/],
    ['that was cut short', () => tokenOf(header(), claims()).slice(0, -1), /./],
  ])('refuses a token %s', async (_what, make, reason) => {
    await expect(ask(`Bearer ${make()}`)).rejects.toMatchObject({ code: 'token-invalid' });
    expect(refusals).toEqual([expect.stringMatching(reason)]);
    expect(verified.size).toBe(0);
  });

  it.each<[string, (token: string) => string]>([
    ['a doubled header, joined by a comma', (token) => `Bearer ${token}, Bearer ${token}`],
    ['two spaces', (token) => `Bearer  ${token}`],
    ['a space at the end', (token) => `Bearer ${token} `],
    ['no signature', (token) => `Bearer ${token.replace(/[^.]+$/, '')}`],
    ['a signature with more behind it', (token) => `Bearer ${token}AA`],
    ['a fourth part', (token) => `Bearer ${token}.AA`],
    ['no parts', () => 'Bearer nonsense'],
    ['a scheme and a space', () => 'Bearer '],
    ['quotes', (token) => `Bearer "${token}"`],
  ])('refuses %s, also for a token seen before', async (_what, form) => {
    const { token } = issuer.issue(subject);
    await ask(`Bearer ${token}`);
    await expect(ask(form(token))).rejects.toMatchObject({ code: 'token-invalid' });
  });

  it('says the same whatever the fault is', async () => {
    const messages = await Promise.all(
      [tokenOf(header(), { ...claims(), exp: 1 }), hmacToken(), 'nonsense'].map((token) =>
        ask(`Bearer ${token}`).catch((error: Error) => error.message),
      ),
    );
    expect(new Set(messages).size).toBe(1);
  });

  it('lets a token seen before expire on time', async () => {
    const authorization = `Bearer ${issuer.issue(subject).token}`;
    await ask(authorization);
    now += 299_999;
    expect(await ask(authorization)).toMatchObject(subject);
    now += 1;
    await expect(ask(authorization)).rejects.toMatchObject({ code: 'token-invalid' });
  });

  it('takes every living token while keys rotate, and none of a key that was withdrawn', async () => {
    const tokens: string[] = [];
    for (let second = 0; second <= 1500; second += 30) {
      now = start + second * 1000;
      if (second === 300) signingKeys = [own, generateSigningKey(now)];
      if (second % 60 === 0) adoptPublishedKeys();
      tokens.push(issuer.issue(subject).token);
      // The last ten live: nine that are younger than 300 s, and this one.
      for (const token of tokens.slice(-10)) expect(await ask(`Bearer ${token}`)).toMatchObject(subject);
    }
    expect(known.has(own.kid)).toBe(false);
    signingKeys = [generateSigningKey(now)];
    adoptPublishedKeys();
    await expect(ask(`Bearer ${tokens.at(-1)}`)).rejects.toMatchObject({ code: 'token-invalid' });
  });
});
