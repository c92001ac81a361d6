import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JwtService } from '@nestjs/jwt';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ledger, type Account } from '#libs/bank';
import { formatKeySet, generateSigningKey, Passwords, type PublicJwk, type Turn } from '#libs/identity';
import { createService, readEnvironment, type Service } from '#libs/service';
import { describedRoutes, forgetKeys, testVariables } from '#libs/testing';
import { authService } from '../src/auth-service.js';
import { authEnvironment } from '../src/environment.js';

/** Real password work, counted, and refused when asked to. */
class CountedPasswords extends Passwords {
  verified = 0;

  override verify(passwordHash: string | undefined, password: string, turn: Turn): Promise<boolean> {
    this.verified += 1;
    return super.verify(passwordHash, password, turn);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'auth-'));
const signingKeysFile = join(folder, 'keys.json');
writeFileSync(signingKeysFile, formatKeySet([generateSigningKey(Date.now())]));
const settings = readEnvironment(authEnvironment, testVariables({ SIGNING_KEYS_FILE: signingKeysFile }));
const passwords = new CountedPasswords({ running: 2, waiting: 4 });

let service: Service;
let count = 0;
const ada = () => ({ username: `ada-${(count += 1)}`, password: 'correct horse', name: 'Ada Lovelace' });

beforeAll(async () => {
  service = await createService(authService(settings), async (module, adapter, options) => {
    const testing = await Test.createTestingModule({ imports: [module] })
      .overrideProvider(Passwords)
      .useValue(passwords)
      .compile();
    return testing.createNestApplication<NestFastifyApplication>(adapter, options);
  });
});
afterAll(async () => {
  await service.close();
  await forgetKeys(settings.REDIS_KEY_PREFIX);
  rmSync(folder, { recursive: true });
});

async function call(method: 'GET' | 'POST', url: string, payload?: object) {
  const reply = await service.app.inject({ method, url: `/auth${url}`, ...(payload && { payload }) });
  return { status: reply.statusCode, headers: reply.headers, body: reply.body === '' ? undefined : reply.json() };
}
const problem = (status: number, code: string) => ({ status, body: { type: `urn:tellers:problem:${code}`, status } });

async function signedIn() {
  const customer = ada();
  const { customerId } = (await call('POST', '/customers', customer)).body;
  const { body: tokens } = await call('POST', '/login', customer);
  return { ...customer, customerId, tokens };
}
const refresh = (refresh_token: unknown) => call('POST', '/refresh', { refresh_token });

describe('registering', () => {
  it('opens a current and a savings account with a deposit', async () => {
    const { status, body } = await call('POST', '/customers', ada());
    expect(status).toBe(201);
    expect(body).toEqual({
      customerId: expect.any(String),
      accounts: [
        { id: expect.any(String), kind: 'current', currency: 'EUR', balanceMinor: 100_000 },
        { id: expect.any(String), kind: 'savings', currency: 'EUR', balanceMinor: 500_000 },
      ],
    });
  });

  it('gives a username once, in whatever case it is written', async () => {
    const customer = ada();
    await call('POST', '/customers', customer);
    const again = await call('POST', '/customers', { ...customer, username: customer.username.toUpperCase() });
    expect(again).toMatchObject(problem(409, 'username-taken'));
  });

  it('gives a username once when many ask at the same time', async () => {
    const customer = ada();
    const replies = await Promise.all(
      ['first password', 'other password'].map((password) => call('POST', '/customers', { ...customer, password })),
    );
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it('finishes a registration that failed half-way when it is sent again, and lets nobody in before', async () => {
    const customer = ada();
    const ledger = service.app.get(Ledger, { strict: false });
    const opened: string[] = [];
    const openAccounts = ledger.openAccounts.bind(ledger);
    ledger.openAccounts = async (owner, ...rest) => {
      opened.push(owner);
      await openAccounts(owner, ...rest);
      throw new Error('Command timed out');
    };
    expect(await call('POST', '/customers', customer)).toMatchObject(problem(503, 'store-unavailable'));
    ledger.openAccounts = openAccounts;
    expect(await call('POST', '/login', customer)).toMatchObject(problem(401, 'credentials-invalid'));
    const stranger = { ...customer, password: 'a stranger' };
    expect(await call('POST', '/customers', stranger)).toMatchObject(problem(409, 'username-taken'));

    const { status, body } = await call('POST', '/customers', customer);
    expect(status).toBe(201);
    expect([body.customerId]).toEqual(opened);
    expect(body.accounts.map(({ id }: Account) => id)).toEqual(
      (await ledger.accounts(body.customerId)).map(({ id }) => id),
    );
    expect((await call('POST', '/login', customer)).status).toBe(200);
  });

  it.each<[string, object, string]>([
    ['a short username', { username: 'ab' }, 'username'],
    ['a long username', { username: 'a'.repeat(65) }, 'username'],
    ['a username with a space', { username: 'ada lovelace' }, 'username'],
    ['a username that begins with a dot', { username: '.ada' }, 'username'],
    ['a username of another alphabet', { username: 'аda' }, 'username'],
    ['a username that is a number', { username: 123 }, 'username'],
    ['a short password', { password: '1234567' }, 'password'],
    ['a long password', { password: 'p'.repeat(129) }, 'password'],
    ['no password', { password: undefined }, 'password'],
    ['a password with a control character', { password: 'correct\thorse' }, 'password'],
    ['a password that is short once its accents are composed', { password: 'e\u0301'.repeat(7) }, 'password'],
    ['an empty name', { name: '  ' }, 'name'],
    ['a long name', { name: 'n'.repeat(101) }, 'name'],
    ['a name with a line break', { name: 'Ada\nLovelace' }, 'name'],
  ])('refuses %s and names the field', async (_what, fault, field) => {
    const reply = await call('POST', '/customers', { ...ada(), ...fault });
    expect(reply).toMatchObject(problem(422, 'invalid-request'));
    expect(reply.body.errors).toEqual([{ field, message: expect.stringMatching(/^must/) }]);
  });
});

describe('signing in', () => {
  it('gives tokens by their OAuth names, that no cache may keep', async () => {
    const { tokens, ...customer } = await signedIn();
    expect(tokens).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      refresh_token: expect.any(String),
    });
    const again = await call('POST', '/login', { ...customer, username: customer.username.toUpperCase() });
    expect(again).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
  });

  it('gives an access token that anybody can check with the published keys', async () => {
    const { tokens, customerId } = await signedIn();
    const { keys } = (await call('GET', '/.well-known/jwks.json')).body as { keys: PublicJwk[] };
    const { header } = new JwtService().decode(tokens.access_token, { complete: true });
    const jwk = keys.find(({ kid }) => kid === header.kid);
    const publicKey = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
    const expected = { issuer: 'urn:tellers:auth', audience: 'urn:tellers:bank', algorithms: ['ES256' as const] };
    const claims = new JwtService().verify(tokens.access_token, { publicKey, ...expected });
    expect(claims).toMatchObject({ sub: customerId, name: 'Ada Lovelace', client_id: 'tellers' });
    expect(claims.exp - claims.iat).toBe(300);
  });

  it('takes a password from whatever keyboard: composed or not, with any space', async () => {
    const customer = { ...ada(), password: 'caf\u00e9\u3000au lait' };
    expect((await call('POST', '/customers', customer)).status).toBe(201);
    for (const password of ['cafe\u0301\u00a0au lait', 'caf\u00e9 au lait']) {
      expect((await call('POST', '/login', { ...customer, password })).status).toBe(200);
    }
    expect((await call('POST', '/login', { ...customer, password: 'cafe au lait' })).status).toBe(401);
  });

  it('answers an unknown customer and a wrong password alike, with the same work', async () => {
    const { username, password } = await signedIn();
    const answers = [];
    for (const wrong of [
      { username, password: 'wrong password' },
      { username: 'nobody-at-all', password },
    ]) {
      passwords.verified = 0;
      const { status, body } = await call('POST', '/login', wrong);
      answers.push({ status, ...body, requestId: undefined, verified: passwords.verified });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 401, type: 'urn:tellers:problem:credentials-invalid', verified: 1 });
  });

  it('logs who failed to sign in and from where, and never what was tried', async () => {
    const { username, customerId, tokens } = await signedIn();
    const warnings: unknown[] = [];
    const warn = jest
      .spyOn(service.log, 'warn')
      .mockImplementation((reported: unknown) => void warnings.push(reported));
    const from = { address: '127.0.0.1', requestId: expect.any(String) };
    try {
      await call('POST', '/login', { username, password: 'a wrong secret' });
      await call('POST', '/login', { username: 'nobody-at-all', password: 'a wrong secret' });
      await call('POST', '/login', { username: 'a"}\n{"level":"fatal"', password: 'a wrong secret' });
      await refresh(tokens.refresh_token);
      await refresh(tokens.refresh_token);
    } finally {
      warn.mockRestore();
    }
    expect(warnings).toEqual([{ username, customerId, ...from }, { username: 'nobody-at-all', ...from }, from]);
  });

  it('answers 503 and when to come again, when too many sign in at once', async () => {
    const customer = await signedIn();
    const replies = await Promise.all(Array.from({ length: 12 }, () => call('POST', '/login', customer)));
    const refused = replies.filter(({ status }) => status !== 200);
    expect(replies.length - refused.length).toBeGreaterThanOrEqual(6);
    expect(refused.length).toBeGreaterThan(0);
    for (const reply of refused) {
      expect(reply).toMatchObject({ ...problem(503, 'too-busy'), headers: { 'retry-after': '1' } });
    }
  });

  it.each<[string, object, string]>([
    ['no password', { username: 'ada' }, 'password'],
    ['a password that is a list', { username: 'ada', password: ['p'] }, 'password'],
    ['a username past all bounds', { username: 'a'.repeat(1000), password: 'p' }, 'username'],
  ])('refuses %s and names the field', async (_what, body, field) => {
    const reply = await call('POST', '/login', body);
    expect(reply).toMatchObject(problem(422, 'invalid-request'));
    expect(reply.body.errors).toMatchObject([{ field }]);
  });
});

describe('refreshing', () => {
  it('trades a refresh token for a new pair about the same customer', async () => {
    const { tokens, customerId } = await signedIn();
    const { status, headers, body } = await refresh(tokens.refresh_token);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body.refresh_token).not.toBe(tokens.refresh_token);
    expect(new JwtService().decode(body.access_token)).toMatchObject({ sub: customerId, name: 'Ada Lovelace' });
  });

  it('revokes the family when a token is used twice', async () => {
    const { tokens } = await signedIn();
    const { body: next } = await refresh(tokens.refresh_token);
    expect(await refresh(tokens.refresh_token)).toMatchObject(problem(401, 'refresh-token-invalid'));
    expect(await refresh(next.refresh_token)).toMatchObject(problem(401, 'refresh-token-invalid'));
  });

  it('refuses a token that is unknown, an access token, or none', async () => {
    const { tokens } = await signedIn();
    expect(await refresh('unknown')).toMatchObject(problem(401, 'refresh-token-invalid'));
    expect(await refresh(tokens.access_token)).toMatchObject({ status: 422 });
    expect(await refresh(undefined)).toMatchObject(problem(422, 'invalid-request'));
    expect(await refresh({ $ne: '' })).toMatchObject(problem(422, 'invalid-request'));
  });
});

describe('signing out', () => {
  it('ends the family, and only that', async () => {
    const { tokens, ...customer } = await signedIn();
    const { body: elsewhere } = await call('POST', '/login', customer);
    const reply = await call('POST', '/logout', { refresh_token: tokens.refresh_token });
    expect(reply).toMatchObject({ status: 204, body: undefined });
    expect(await refresh(tokens.refresh_token)).toMatchObject(problem(401, 'refresh-token-invalid'));
    expect((await refresh(elsewhere.refresh_token)).status).toBe(200);
  });

  it('answers the same for a token that is unknown', async () => {
    expect((await call('POST', '/logout', { refresh_token: 'unknown' })).status).toBe(204);
  });

  it('refuses a request without a token', async () => {
    expect(await call('POST', '/logout', {})).toMatchObject(problem(422, 'invalid-request'));
  });
});

describe('the key set', () => {
  let keys: object[];
  let headers: Record<string, unknown>;
  beforeEach(async () => {
    const reply = await call('GET', '/.well-known/jwks.json');
    [keys, headers] = [reply.body.keys, reply.headers];
  });

  it('has public members only', () => {
    expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']]);
  });

  it('may be cached for a minute', () => {
    expect(headers['cache-control']).toBe('public, max-age=60');
  });
});

it('has an OpenAPI document that validates', async () => {
  const { body } = await call('GET', '/openapi.json');
  expect(await new Validator().validate(body)).toEqual({ valid: true });
});

it('describes exactly the operations that it serves', async () => {
  const { body } = await call('GET', '/openapi.json');
  const served = service.routes().map(({ method, url }) => `${method} ${url}`);
  expect([...describedRoutes(body), 'GET /auth/openapi.json'].toSorted()).toEqual(served.toSorted());
});
