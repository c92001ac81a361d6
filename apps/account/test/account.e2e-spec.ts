import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ledger, type Account } from '#libs/bank';
import { createService, readEnvironment, REDIS, type Service } from '#libs/service';
import { describedRoutes, eventually, forgetKeys, startIssuer, testVariables, type TestIssuer } from '#libs/testing';
import { accountService } from '../src/account-service.js';
import { accountEnvironment } from '../src/environment.js';

let issuer: TestIssuer;
let service: Service;
let ada: { token: string; current: Account; savings: Account };
let bob: typeof ada;
let keys = 0;

const environment = (jwksUrl: string) =>
  readEnvironment(accountEnvironment, testVariables({ JWKS_URL: jwksUrl, CONTINUATION_SECRET: 'c'.repeat(32) }));
let prefix: string;

beforeAll(async () => {
  issuer = await startIssuer();
  const settings = environment(issuer.jwksUrl);
  prefix = settings.REDIS_KEY_PREFIX;
  service = await createService(accountService(settings));
  ada = await customer('ada');
  bob = await customer('bob');
});

afterAll(async () => {
  await service.close();
  issuer.close();
  await forgetKeys(prefix);
});

async function customer(id: string): Promise<typeof ada> {
  const ledger = service.app.get(Ledger, { strict: false });
  const [current, savings] = await ledger.openAccounts(id, 'EUR', { current: 100_000, savings: 500_000 });
  return { token: issuer.token(id), current: current!, savings: savings! };
}

async function call(method: 'GET' | 'POST', url: string, token: string, body?: unknown, headers = {}) {
  const reply = await service.app.inject({
    method,
    url: `/account${url}`,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return { status: reply.statusCode, headers: reply.headers, body: reply.json() };
}

function transfer(body: unknown, key: string | undefined = `key-${(keys += 1)}`) {
  return call('POST', '/transfers', ada.token, body, key === '' ? {} : { 'idempotency-key': key });
}

const order = (own: object = {}) => ({
  from: ada.current.id,
  to: bob.current.id,
  amountMinor: 100,
  currency: 'EUR',
  ...own,
});

const balance = async (of: typeof ada, id = of.current.id) =>
  (await call('GET', `/accounts/${id}`, of.token)).body.balanceMinor as number;

describe('accounts', () => {
  it('shows the caller their own accounts', async () => {
    const { body } = await call('GET', '/accounts', ada.token);
    expect(body.accounts.map(({ kind }: Account) => kind)).toEqual(['current', 'savings']);
    expect(await call('GET', `/accounts/${ada.savings.id}`, ada.token)).toMatchObject({
      status: 200,
      body: { id: ada.savings.id, kind: 'savings', currency: 'EUR', balanceMinor: 500_000 },
    });
  });

  it('lets no cache keep them', async () => {
    const { headers } = await call('GET', '/accounts', ada.token);
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each(['', '/entries'])("does not find somebody else's account%s", async (path) => {
    const reply = await call('GET', `/accounts/${bob.current.id}${path}`, ada.token);
    expect(reply).toMatchObject({ status: 404, body: { type: 'urn:tellers:problem:account-not-found' } });
  });

  it.each(['/accounts', '/accounts/any', '/accounts/any/entries'])('asks for a token at %s', async (path) => {
    const reply = await service.app.inject({ url: `/account${path}` });
    expect(reply.statusCode).toBe(401);
    expect(reply.headers['www-authenticate']).toBe('Bearer');
    expect(reply.headers['content-type']).toContain('application/problem+json');
  });

  it('refuses a token of a stranger and says so as RFC 6750 does', async () => {
    const stranger = await startIssuer();
    const reply = await call('GET', '/accounts', stranger.token('ada'));
    stranger.close();
    expect(reply).toMatchObject({ status: 401, body: { type: 'urn:tellers:problem:token-invalid' } });
    expect(reply.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('pages through entries', async () => {
    await transfer(order({ reference: 'rent' }));
    const first = await call('GET', `/accounts/${ada.current.id}/entries?limit=1`, ada.token);
    expect(first.body.entries).toHaveLength(1);
    const rest = await call('GET', `/accounts/${ada.current.id}/entries?after=${first.body.next}`, ada.token);
    expect(rest.body.entries[0]).toMatchObject({ amountMinor: -100, counterparty: bob.current.id, reference: 'rent' });
    const wrong = await call('GET', `/accounts/${ada.current.id}/entries?limit=0`, ada.token);
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'limit' }] } });
  });
});

describe('transfers', () => {
  it('moves money once for a key, and gives the first reply again', async () => {
    const before = [await balance(ada), await balance(bob)] as const;
    const first = await transfer(order(), 'once');
    const again = await transfer(order(), 'once');
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect([await balance(ada), await balance(bob)]).toEqual([before[0] - 100, before[1] + 100]);
  });

  it('answers 400 without a key and 422 for the same key with another body', async () => {
    expect(await transfer(order(), '')).toMatchObject({
      status: 400,
      body: { type: 'urn:tellers:problem:idempotency-key-missing' },
    });
    await transfer(order(), 'reused');
    expect(await transfer(order({ amountMinor: 101 }), 'reused')).toMatchObject({
      status: 422,
      body: { type: 'urn:tellers:problem:idempotency-key-reused' },
    });
    expect(await transfer(order(), 'a b')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'Idempotency-Key' }] },
    });
  });

  it.each([
    ['amount 0', { amountMinor: 0 }, 'amountMinor'],
    ['a negative amount', { amountMinor: -1 }, 'amountMinor'],
    ['a fraction', { amountMinor: 1.5 }, 'amountMinor'],
    ['2^53', { amountMinor: 2 ** 53 }, 'amountMinor'],
    ['an amount as string', { amountMinor: '100' }, 'amountMinor'],
    ['an unknown currency', { currency: 'XYZ' }, 'currency'],
    ['a payee that is no id', { to: '../x' }, 'to'],
    ['no payer', { from: undefined }, 'from'],
  ])('refuses %s and names the field', async (_what, own, field) => {
    expect(await transfer(order(own))).toMatchObject({
      status: 422,
      body: { type: 'urn:tellers:problem:invalid-request', errors: [{ field }] },
    });
  });

  it.each([
    ['more than there is', () => order({ amountMinor: 2 ** 53 - 1 }), 422, 'insufficient-funds'],
    ["the account's wrong currency", () => order({ currency: 'USD' }), 422, 'currency-mismatch'],
    ['to the same account', () => order({ to: ada.current.id }), 422, 'same-account'],
    [
      "from somebody else's account",
      () => order({ from: bob.current.id, to: ada.current.id }),
      404,
      'account-not-found',
    ],
    ['to nobody', () => order({ to: 'nobody' }), 404, 'account-not-found'],
  ])('refuses a transfer of %s', async (_what, make, status, code) => {
    expect(await transfer(make())).toMatchObject({ status, body: { type: `urn:tellers:problem:${code}` } });
  });

  it.each([
    ['malformed JSON', '{"from":', 'application/json', 400, 'malformed-json'],
    ['a form', 'amountMinor=1', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['an oversized body', JSON.stringify({ reference: 'x'.repeat(17_000) }), 'application/json', 413, 'body-too-large'],
    ['an empty body', '', 'application/json', 400, 'body-missing'],
    ['half a character', '{"reference":"\\ud83d"}', 'application/json', 422, 'invalid-request'],
  ])('refuses %s', async (_what, payload, type, status, code) => {
    const headers = { authorization: `Bearer ${ada.token}`, 'content-type': type, 'idempotency-key': 'unread' };
    const reply = await service.app.inject({ method: 'POST', url: '/account/transfers', headers, payload });
    expect(reply.statusCode).toBe(status);
    expect(reply.json()).toMatchObject({ type: `urn:tellers:problem:${code}` });
  });

  it('answers 409 while a request with the same key is in flight', async () => {
    const replies = await Promise.all([transfer(order(), 'twin'), transfer(order(), 'twin')]);
    expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 409]);
    expect(await transfer(order(), 'twin')).toMatchObject({ status: 201, headers: { 'idempotent-replayed': 'true' } });
  });
});

describe('a transfer in steps', () => {
  const step = (body: unknown, token = ada.token) => call('POST', '/transfers/steps', token, body);
  const payee = () => step({ step: 'payee', from: ada.current.id, to: bob.current.id });

  it('carries everything in the continuation and moves money once', async () => {
    const before = await balance(ada);
    const first = await payee();
    expect(first).toMatchObject({ status: 200, body: { next: 'amount' } });
    const second = await step({
      step: 'amount',
      amountMinor: 250,
      currency: 'EUR',
      continuation: first.body.continuation,
    });
    expect(second).toMatchObject({
      status: 200,
      body: { next: 'confirm', summary: { to: bob.current.id, amountMinor: 250 } },
    });
    const third = await step({ step: 'confirm', continuation: second.body.continuation });
    const again = await step({ step: 'confirm', continuation: second.body.continuation });
    expect(third).toMatchObject({ status: 201, body: { amountMinor: 250 } });
    expect(again.body).toEqual(third.body);
    expect(await balance(ada)).toBe(before - 250);
  });

  it('refuses a step out of order', async () => {
    expect(await step({ step: 'amount', amountMinor: 1, currency: 'EUR' })).toMatchObject({
      status: 409,
      body: { next: 'payee' },
    });
    const { continuation } = (await payee()).body;
    expect(await step({ step: 'confirm', continuation })).toMatchObject({
      status: 409,
      body: { type: 'urn:tellers:problem:step-out-of-order', next: 'amount' },
    });
  });

  it('refuses a continuation that was changed, is another kind of token, or is another customer’s', async () => {
    const { continuation } = (await payee()).body;
    const amount = { step: 'amount', amountMinor: 1, currency: 'EUR' };
    const replies = [
      await step({ ...amount, continuation: `${continuation.slice(0, -2)}AA` }),
      await step({ ...amount, continuation: ada.token }),
      await step({ ...amount, continuation }, bob.token),
    ];
    for (const reply of replies) {
      expect(reply).toMatchObject({ status: 422, body: { type: 'urn:tellers:problem:continuation-invalid' } });
    }
  });

  it('names an unknown step', async () => {
    expect(await step({ step: 'dance' })).toMatchObject({ status: 422, body: { errors: [{ field: 'step' }] } });
  });
});

it('describes exactly the routes that it serves, in a document that validates', async () => {
  const { body } = await call('GET', '/openapi.json', ada.token);
  expect(await new Validator().validate(body)).toEqual({ valid: true });
  const served = service.routes().map(({ method, url }) => `${method} ${url}`);
  expect([...describedRoutes(body), 'GET /account/openapi.json'].toSorted()).toEqual(served.toSorted());
});

it('audits the ledger on its second port only', async () => {
  const audit = await service.admin.inject('/audit');
  expect(audit.json()).toMatchObject({ clean: true, accounts: 5 });
  expect((await service.app.inject('/account/audit')).statusCode).toBe(404);
});

it('answers on its second port by problems, too, while the store is away as for a path that is not there', async () => {
  const blocked = service.app.get<Redis>(REDIS, { strict: false }).blpop('nothing-is-ever-here', 1);
  const unblocked = blocked.catch(() => null);
  const audit = await service.admin.inject('/audit');
  await unblocked;
  expect(audit).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  expect(audit.json()).toMatchObject({ type: 'urn:tellers:problem:store-unavailable' });
  expect((await service.admin.inject('/nothing')).json()).toMatchObject({ type: 'urn:tellers:problem:not-found' });
});

it('is ready once it has the keys', async () => {
  await eventually(async () => (await service.admin.inject('/readyz')).statusCode === 200);
  const keyless = await createService(accountService(environment('http://127.0.0.1:1/jwks.json')));
  const ready = await keyless.admin.inject('/readyz');
  expect(ready).toMatchObject({ statusCode: 503 });
  expect(ready.json().missing).toContain('keys');
  await keyless.close();
});
