import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ledger, type Account, type LedgerError } from '#libs/bank';
import { REDIS, createService, readEnvironment, type Service } from '#libs/service';
import {
  describedRoutes,
  eventually,
  forgetKeys,
  hasRedisServer,
  RedisServer,
  startIssuer,
  testVariables,
  type TestIssuer,
} from '#libs/testing';
import { prefixOf, sessionEnvironment } from '../src/environment.js';
import { sessionService } from '../src/session-service.js';

const modes = {
  sticky: { STORE: 'memory', AFFINITY: 'cookie' },
  unpinned: { STORE: 'memory', AFFINITY: 'none' },
  handoff: { STORE: 'handoff', AFFINITY: 'cookie' },
  shared: { STORE: 'redis', AFFINITY: 'none' },
} as const;
type ModeUnderTest = keyof typeof modes;

let issuer: TestIssuer;
let redisKeyPrefix: string;
let services: Service[] = [];
let bob: Account;

beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

beforeEach(() => {
  redisKeyPrefix = testVariables().REDIS_KEY_PREFIX!;
});
afterEach(async () => {
  await Promise.all(services.map((service) => service.close()));
  services = [];
  await forgetKeys(redisKeyPrefix);
});

/** One pod of a mode; all pods of a test share a ledger. */
async function pod(mode: ModeUnderTest, own: Record<string, string> = {}): Promise<PodUnderTest> {
  const variables = testVariables({ MODE: mode, ...modes[mode], JWKS_URL: issuer.jwksUrl, ...own });
  const settings = readEnvironment(sessionEnvironment, { ...variables, REDIS_KEY_PREFIX: redisKeyPrefix });
  const service = await createService(sessionService(settings));
  services.push(service);
  await eventually(async () => (await service.admin.inject('/readyz')).statusCode === 200);
  const ledger = service.app.get(Ledger, { strict: false });
  await ledger.openAccounts('ada', 'EUR', { current: 100_000, savings: 500_000 });
  [bob] = (await ledger.openAccounts('bob', 'EUR', { current: 0, savings: 0 })) as [Account];
  return new PodUnderTest(service, mode, prefixOf(mode));
}

class PodUnderTest {
  constructor(
    readonly service: Service,
    readonly mode: string,
    readonly prefix: string,
  ) {}

  async call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, cookie?: string, body?: object, headers = {}) {
    const reply = await this.service.app.inject({
      method,
      url: `${this.prefix}${path}`,
      headers: { ...(cookie && { cookie }), ...headers },
      ...(body && { payload: body }),
    });
    const cookies = reply.cookies as { name: string; value: string; maxAge?: number; path?: string }[];
    return { status: reply.statusCode, headers: reply.headers, cookies, body: reply.body ? reply.json() : undefined };
  }

  /** Signs in and returns the cookie to send. */
  async signIn(customerId = 'ada'): Promise<string> {
    const authorization = `Bearer ${issuer.token(customerId, 'Ada')}`;
    const { status, cookies } = await this.call('POST', '', undefined, undefined, { authorization });
    expect(status).toBe(201);
    const [{ name, value }] = cookies as [{ name: string; value: string }];
    return `${name}=${value}`;
  }

  /** Has a transfer to Bob wait for its confirmation; resolves to its key. */
  async readyToConfirm(cookie: string, amountMinor: number): Promise<string> {
    await this.call('POST', '/transfer', cookie);
    await this.call('PUT', '/transfer/payee', cookie, { to: bob.id });
    const { body } = await this.call('PUT', '/transfer/amount', cookie, { amountMinor, currency: 'EUR' });
    expect(body).toMatchObject({ next: 'confirm' });
    return body.idempotencyKey;
  }

  /** Whether the ledger has moved money under a key of Ada's; it moves none for another order under the same key. */
  async moved(key: string): Promise<boolean> {
    const ledger = this.service.app.get(Ledger, { strict: false });
    const [from] = (await ledger.accounts('ada')) as [Account];
    const other = { from: from.id, to: bob.id, amountMinor: 1_000_000, currency: 'EUR' };
    const { code } = await ledger.transfer('ada', key, other).then(fail, (error: LedgerError) => error);
    return code === 'idempotency-key-reused';
  }

  codeAt = async (cookie: string | undefined) => {
    const { status, body } = await this.call('GET', '', cookie);
    return status === 200 ? 200 : (body.type as string).replace('urn:tellers:problem:', '');
  };
}

function fail(): never {
  throw new Error('The ledger has taken an order that it should refuse.');
}

const problem = (code: string) => ({ type: `urn:tellers:problem:${code}` });

describe.each(Object.keys(modes) as ModeUnderTest[])('in mode %s', (mode) => {
  it('opens a session for a bearer and binds it by a cookie that scripts cannot read', async () => {
    const teller = await pod(mode);
    const reply = await teller.call('POST', '', undefined, undefined, {
      authorization: `Bearer ${issuer.token('ada', 'Ada')}`,
    });
    expect(reply).toMatchObject({ status: 201, body: { customerId: 'ada', name: 'Ada', idleTimeoutMs: 900_000 } });
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.headers['set-cookie']).toMatch(
      new RegExp(`^tellers-session-${mode}=[\\w-]{11}\\.[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(await teller.call('POST', '')).toMatchObject({ status: 401, body: problem('token-missing') });
  });

  it('shapes the overview by what the customer did before', async () => {
    const teller = await pod(mode);
    const cookie = await teller.signIn();
    const first = (await teller.call('GET', '/overview', cookie)).body;
    expect(first).toMatchObject({ greeting: 'Welcome, Ada.', visits: 1, payees: [], unfinishedTransfer: null });
    expect(first.accounts).toHaveLength(2);
    await teller.call('POST', '/transfer', cookie);
    await teller.call('PUT', '/transfer/payee', cookie, { to: bob.id });
    const second = (await teller.call('GET', '/overview', cookie)).body;
    expect(second).toMatchObject({ visits: 2, unfinishedTransfer: { to: bob.id, next: 'amount' } });
    expect(second.greeting).toContain('amount');
    await teller.call('PUT', '/transfer/amount', cookie, { amountMinor: 250, currency: 'EUR' });
    await teller.call('POST', '/transfer/confirm', cookie);
    const third = (await teller.call('GET', '/overview', cookie)).body;
    expect(third).toMatchObject({ payees: [{ account: bob.id, times: 1 }], unfinishedTransfer: null });
    expect(third.recentActivity[0]).toMatchObject({ what: 'moved-money', amountMinor: 250 });
    expect(third.accounts[0].balanceMinor).toBe(99_750);
  });

  it('takes three steps in order and moves money once however often it is confirmed', async () => {
    const teller = await pod(mode);
    const cookie = await teller.signIn();
    expect(await teller.call('PUT', '/transfer/payee', cookie, { to: bob.id })).toMatchObject({
      status: 409,
      body: { ...problem('step-out-of-order'), next: 'begin' },
    });
    expect(await teller.call('POST', '/transfer', cookie)).toMatchObject({ status: 201, body: { next: 'payee' } });
    const amount = { amountMinor: 100, currency: 'EUR' };
    expect(await teller.call('PUT', '/transfer/amount', cookie, amount)).toMatchObject({
      status: 409,
      body: { next: 'payee' },
    });
    expect(await teller.call('POST', '/transfer/confirm', cookie)).toMatchObject({ status: 409 });
    await teller.call('PUT', '/transfer/payee', cookie, { to: bob.id });
    expect(await teller.call('POST', '/transfer/confirm', cookie)).toMatchObject({
      status: 409,
      body: { next: 'amount' },
    });
    await teller.call('PUT', '/transfer/amount', cookie, amount);
    expect((await teller.call('GET', '/transfer', cookie)).body).toMatchObject({
      ...amount,
      to: bob.id,
      next: 'confirm',
    });
    const confirmed = await teller.call('POST', '/transfer/confirm', cookie);
    const again = await teller.call('POST', '/transfer/confirm', cookie);
    expect(confirmed).toMatchObject({ status: 201, body: amount });
    expect(again).toMatchObject({ status: 201, body: confirmed.body });
    expect((await teller.call('GET', '/overview', cookie)).body.accounts[0].balanceMinor).toBe(99_900);
  });

  it('tells who confirms that the money moved, whatever ends the session meanwhile, and moved none otherwise', async () => {
    const teller = await pod(mode);
    let moved = 0;
    for (let round = 0; round < 10; round += 1) {
      const cookie = await teller.signIn();
      const key = await teller.readyToConfirm(cookie, 7);
      const [confirmed] = await Promise.all([
        teller.call('POST', '/transfer/confirm', cookie),
        teller.call('DELETE', '', cookie),
      ]);
      expect([201, 401]).toContain(confirmed.status);
      if (confirmed.status === 201) moved += 7;
      expect(await teller.moved(key)).toBe(confirmed.status === 201);
    }
    expect((await teller.call('GET', '/overview', await teller.signIn())).body.accounts[0].balanceMinor).toBe(
      100_000 - moved,
    );
  });

  it('shows of a confirmed transfer what was moved, whoever changes it at the same moment', async () => {
    const teller = await pod(mode);
    const cookie = await teller.signIn();
    for (let round = 0; round < 10; round += 1) {
      await teller.readyToConfirm(cookie, 3);
      const [confirmed] = await Promise.all([
        teller.call('POST', '/transfer/confirm', cookie),
        teller.call('PUT', '/transfer/amount', cookie, { amountMinor: 999, currency: 'EUR' }),
      ]);
      expect(confirmed.status).toBe(201);
      const { amountMinor } = confirmed.body;
      expect((await teller.call('GET', '/transfer', cookie)).body).toMatchObject({ amountMinor, next: null });
    }
  });

  it('lets a transfer that was refused be changed', async () => {
    const teller = await pod(mode);
    const cookie = await teller.signIn();
    await teller.readyToConfirm(cookie, 100_001);
    const refused = await teller.call('POST', '/transfer/confirm', cookie);
    expect(refused).toMatchObject({ status: 422, body: problem('insufficient-funds') });
    const amount = { amountMinor: 5, currency: 'EUR' };
    expect((await teller.call('PUT', '/transfer/amount', cookie, amount)).status).toBe(200);
    expect(await teller.call('POST', '/transfer/confirm', cookie)).toMatchObject({ status: 201, body: amount });
  });

  it('ends the session that a customer has when the same client opens another', async () => {
    const teller = await pod(mode);
    const cookie = await teller.signIn();
    const authorization = `Bearer ${issuer.token('ada', 'Ada')}`;
    expect((await teller.call('POST', '', cookie, undefined, { authorization })).status).toBe(201);
    expect(await teller.codeAt(cookie)).toBe('session-signed-out');
  });

  it('refuses values that do not fit and names the field', async () => {
    const teller = await pod(mode);
    const cookie = await teller.signIn();
    expect(await teller.call('POST', '/transfer', cookie, { from: 'not-mine' })).toMatchObject({ status: 404 });
    await teller.call('POST', '/transfer', cookie);
    for (const amountMinor of [0, -1, 1.5, 2 ** 53, '100']) {
      expect(await teller.call('PUT', '/transfer/amount', cookie, { amountMinor, currency: 'EUR' })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'amountMinor' }] },
      });
    }
    expect(await teller.call('PUT', '/transfer/payee', cookie, { to: '' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'to' }] },
    });
  });

  it('drops a transfer and signs out, and says why it does not know the session any more', async () => {
    const teller = await pod(mode);
    const cookie = await teller.signIn();
    await teller.call('POST', '/transfer', cookie);
    expect((await teller.call('DELETE', '/transfer', cookie)).status).toBe(204);
    expect(await teller.call('GET', '/transfer', cookie)).toMatchObject({ status: 404, body: problem('no-transfer') });
    const out = await teller.call('DELETE', '', cookie);
    expect(out.status).toBe(204);
    expect(out.cookies).toEqual([
      expect.objectContaining({ name: `tellers-session-${mode}`, maxAge: 0 }),
      expect.objectContaining({ name: `tellers-affinity-${mode}`, maxAge: 0 }),
    ]);
    expect(await teller.codeAt(cookie)).toBe('session-signed-out');
  });

  it('ends a session when nothing came for the idle time, and in any case after the absolute one', async () => {
    const idle = await pod(mode, { IDLE_TIMEOUT_MS: '150' });
    const idleCookie = await idle.signIn();
    expect(await idle.codeAt(idleCookie)).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await idle.codeAt(idleCookie)).toBe('session-expired');
    const absolute = await pod(mode, { ABSOLUTE_TIMEOUT_MS: '300' });
    const cookie = await absolute.signIn();
    await eventually(async () => (await absolute.codeAt(cookie)) === 'session-expired');
  });

  it('asks for the cookie, and takes no id that is not one of its own making', async () => {
    const teller = await pod(mode);
    expect(await teller.codeAt(undefined)).toBe('session-missing');
    expect(await teller.codeAt(`tellers-session-${mode}=../../etc`)).toBe('session-missing');
  });

  it('refuses a change from another origin', async () => {
    const teller = await pod(mode);
    const cookie = await teller.signIn();
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      expect(await teller.call('DELETE', '', cookie, undefined, headers)).toMatchObject({ status: 403 });
    }
    expect(await teller.codeAt(cookie)).toBe(200);
    expect((await teller.call('DELETE', '', cookie, undefined, { 'sec-fetch-site': 'same-origin' })).status).toBe(204);
  });

  it('describes exactly the routes that it serves, in a document that validates', async () => {
    const teller = await pod(mode);
    const { body } = await teller.call('GET', '/openapi.json');
    expect(await new Validator().validate(body)).toEqual({ valid: true });
    const served = teller.service.routes().map(({ method, url }) => `${method} ${url}`);
    expect([...describedRoutes(body), `GET ${teller.prefix}/openapi.json`].toSorted()).toEqual(served.toSorted());
  });
});

it('keeps a transfer of unknown outcome as it was confirmed, until the same confirmation tells', async () => {
  const teller = await pod('sticky');
  const cookie = await teller.signIn();
  await teller.readyToConfirm(cookie, 3);
  // Only this pod's connection is held up.
  const blocked = teller.service.app.get<Redis>(REDIS, { strict: false }).blpop('nothing-is-ever-here', 1);
  const unknown = blocked.catch(() => null);
  const open = await teller.call('POST', '/transfer/confirm', cookie);
  expect(open).toMatchObject({ status: 503, body: { ...problem('outcome-unknown'), order: { amountMinor: 3 } } });
  const amount = { amountMinor: 5, currency: 'EUR' };
  for (const change of [
    () => teller.call('PUT', '/transfer/amount', cookie, amount),
    () => teller.call('DELETE', '/transfer', cookie),
  ]) {
    expect(await change()).toMatchObject({ status: 409, body: { next: 'confirm' } });
  }
  await unknown;
  const reported = await eventuallyConfirmed(teller, cookie);
  expect(reported).toMatchObject({ amountMinor: 3 });
  expect((await teller.call('GET', '/overview', cookie)).body.accounts[0].balanceMinor).toBe(99_997);
});

(hasRedisServer ? it : it.skip)(
  'keeps a refused transfer as it was while another confirmation of it was told to wait',
  async () => {
    const store = await RedisServer.start();
    try {
      const teller = await pod('sticky', { REDIS_URL: store.url() });
      const cookie = await teller.signIn();
      await teller.readyToConfirm(cookie, 3);
      const held = teller.service.app.get<Redis>(REDIS, { strict: false }).blpop('nothing-is-ever-here', 0.3);
      const confirmations = [1, 2].map(() => teller.call('POST', '/transfer/confirm', cookie));
      await store.admin.config('SET', 'maxmemory', '1');
      await held;
      const codes = (await Promise.all(confirmations)).map(({ body }) => body.type.split(':').at(-1));
      expect(new Set(codes)).toEqual(new Set(['store-unavailable', 'transfer-in-flight']));
      const amount = { amountMinor: 5, currency: 'EUR' };
      expect(await teller.call('PUT', '/transfer/amount', cookie, amount)).toMatchObject({ status: 409 });
      await store.admin.config('SET', 'maxmemory', '0');
      expect(await eventuallyConfirmed(teller, cookie)).toMatchObject({ amountMinor: 3 });
    } finally {
      await Promise.all(services.map((service) => service.close()));
      services = [];
      await store.stop();
    }
  },
);

it('tells with an unknown outcome what settles it when the session is over', async () => {
  const teller = await pod('sticky');
  const cookie = await teller.signIn();
  const key = await teller.readyToConfirm(cookie, 3);
  const blocked = teller.service.app.get<Redis>(REDIS, { strict: false }).blpop('nothing-is-ever-here', 1);
  const { body } = await teller.call('POST', '/transfer/confirm', cookie);
  await teller.call('DELETE', '', cookie);
  await blocked.catch(() => null);
  const ledger = teller.service.app.get(Ledger, { strict: false });
  await ledger.transfer('ada', body.idempotencyKey, body.order);
  expect(await teller.moved(key)).toBe(true);
});

async function eventuallyConfirmed(teller: PodUnderTest, cookie: string): Promise<unknown> {
  let body: unknown;
  await eventually(async () => {
    const reply = await teller.call('POST', '/transfer/confirm', cookie);
    ({ body } = reply);
    return reply.status === 201;
  });
  return body;
}

it('answers everybody who asks for one session of shared at once, at two pods', async () => {
  const pods = [await pod('shared'), await pod('shared')];
  const cookie = await pods[0]!.signIn();
  const replies = await Promise.all(
    Array.from({ length: 24 }, (_, index) => pods[index % 2]!.call('GET', '/overview', cookie)),
  );
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
  expect((await pods[0]!.call('GET', '/overview', cookie)).body.visits).toBe(25);
});

describe('at another pod', () => {
  it.each(['sticky', 'unpinned', 'handoff'] as const)(
    '%s tells a misrouted session from one whose owner is gone',
    async (mode) => {
      const [owner, other] = [await pod(mode), await pod(mode)];
      const cookie = await owner.signIn();
      expect(await other.codeAt(cookie)).toBe('session-misrouted');
      services = services.filter((service) => service !== owner.service);
      await owner.service.close();
      expect(await other.codeAt(cookie)).toBe('session-owner-gone');
    },
  );

  it('shared goes on as if nothing were', async () => {
    const [one, other] = [await pod('shared'), await pod('shared')];
    const cookie = await one.signIn();
    await one.call('POST', '/transfer', cookie);
    await other.call('PUT', '/transfer/payee', cookie, { to: bob.id });
    expect((await one.call('GET', '/transfer', cookie)).body).toMatchObject({ to: bob.id, next: 'amount' });
    await one.call('DELETE', '', cookie);
    expect(await other.codeAt(cookie)).toBe('session-signed-out');
  });

  it('shared loses no change when requests of one session race', async () => {
    const pods = [await pod('shared'), await pod('shared')];
    const cookie = await pods[0]!.signIn();
    await Promise.all(pods.map((teller) => teller.call('GET', '/overview', cookie)));
    expect((await pods[0]!.call('GET', '/overview', cookie)).body.visits).toBe(3);
  });
});

describe('when it stops', () => {
  it('refuses new sessions and serves on for those that it has', async () => {
    const teller = await pod('sticky');
    const cookie = await teller.signIn();
    void teller.service.drain.begin();
    const authorization = `Bearer ${issuer.token('ada')}`;
    expect(await teller.call('POST', '', undefined, undefined, { authorization })).toMatchObject({
      status: 503,
      body: problem('pod-draining'),
    });
    const reply = await teller.call('GET', '/overview', cookie);
    expect(reply).toMatchObject({ status: 200, headers: { connection: 'close' }, cookies: [] });
  });

  it('opens sessions to its end in shared, where none goes with it', async () => {
    const [stopping, other] = [await pod('shared'), await pod('shared')];
    void stopping.service.drain.begin();
    const cookie = await stopping.signIn();
    expect((await other.call('GET', '/overview', cookie)).status).toBe(200);
  });

  it('lets other pods say that a session goes with it', async () => {
    const [stopping, other] = [await pod('sticky'), await pod('sticky')];
    const cookie = await stopping.signIn();
    expect(await other.codeAt(cookie)).toBe('session-misrouted');
    void stopping.service.drain.begin();
    await eventually(async () => (await other.codeAt(cookie)) === 'session-owner-gone', 1_000);
  });

  it('hands its sessions over: the next pod adopts them with all that was remembered', async () => {
    const [stopping, next] = [await pod('handoff'), await pod('handoff')];
    const cookie = await stopping.signIn();
    await stopping.call('POST', '/transfer', cookie);
    await stopping.call('PUT', '/transfer/payee', cookie, { to: bob.id });
    const drained = stopping.service.drain.begin();
    const during = await stopping.call('PUT', '/transfer/amount', cookie, { amountMinor: 100, currency: 'EUR' });
    expect(during.cookies).toEqual([expect.objectContaining({ name: 'tellers-affinity-handoff', maxAge: 0 })]);
    await drained;
    expect(await next.call('POST', '/transfer/confirm', cookie)).toMatchObject({
      status: 201,
      body: { amountMinor: 100 },
    });
    expect((await next.call('GET', '/overview', cookie)).body).toMatchObject({ payees: [{ account: bob.id }] });
    // The old pod still has a copy, and must not serve it any more.
    expect((await stopping.call('POST', '/transfer', cookie, { from: 'nowhere' })).status).toBe(401);
    expect(await stopping.codeAt(cookie)).toBe('session-misrouted');
  });

  it('hands an adopted session over again, and a third pod can tell who has it', async () => {
    const [first, second, third] = [await pod('handoff'), await pod('handoff'), await pod('handoff')];
    const cookie = await first.signIn();
    await first.service.drain.begin();
    expect(await second.codeAt(cookie)).toBe(200);
    expect(await third.codeAt(cookie)).toBe('session-misrouted');
    await second.service.drain.begin();
    expect(await third.codeAt(cookie)).toBe(200);
    await third.call('DELETE', '', cookie);
    expect(await third.codeAt(cookie)).toBe('session-signed-out');
  });

  it('goes early when it holds nothing, and only at its deadline when it holds what would be lost', async () => {
    const empty = await pod('sticky', { DRAIN_DEADLINE_MS: '60000' });
    await empty.service.drain.begin();
    const holding = await pod('sticky', { DRAIN_DEADLINE_MS: '400' });
    await holding.signIn();
    const beganAt = Date.now();
    await holding.service.drain.begin();
    expect(Date.now() - beganAt).toBeGreaterThanOrEqual(390);
  });
});

describe.each(Object.keys(modes) as ModeUnderTest[])('with bounds, in mode %s', (mode) => {
  it('holds no more sessions than it may, also of several customers, and takes one where one has gone', async () => {
    const teller = await pod(mode, { MAX_SESSIONS: '1', IDLE_TIMEOUT_MS: '300' });
    const open = () =>
      teller.call('POST', '', undefined, undefined, { authorization: `Bearer ${issuer.token('bob')}` });
    const ada = await teller.signIn();
    const full = await open();
    expect(full).toMatchObject({ status: 503, body: problem('too-many-sessions'), headers: { 'retry-after': '5' } });
    await teller.call('DELETE', '', ada);
    expect((await open()).status).toBe(201);
    expect((await open()).status).toBe(503);
    await eventually(async () => (await open()).status === 201);
  });

  it('ends the session that its customer has not used for the longest, and nobody else', async () => {
    const teller = await pod(mode, { MAX_SESSIONS_PER_CUSTOMER: '2' });
    const bobs = await teller.signIn('bob');
    const [first, second] = [await teller.signIn(), await teller.signIn()];
    await sleep(5);
    await teller.codeAt(first);
    const third = await teller.signIn();
    const codes = [];
    for (const cookie of [bobs, first, second, third]) codes.push(await teller.codeAt(cookie));
    expect(codes).toEqual([200, 200, 'session-replaced', 200]);
  });
});

(hasRedisServer ? it : it.skip)(
  'opens no session in a store that is nearly full, and lets those inside go on',
  async () => {
    const server = await RedisServer.start();
    try {
      const [shared, sticky] = [
        await pod('shared', { REDIS_URL: server.url() }),
        await pod('sticky', { REDIS_URL: server.url() }),
      ];
      const cookie = await shared.signIn();
      await server.beNearlyFull();
      await sleep(600);
      const authorization = `Bearer ${issuer.token('ada')}`;
      const refused = await shared.call('POST', '', undefined, undefined, { authorization });
      expect(refused).toMatchObject({ status: 503, body: problem('store-nearly-full') });
      expect(refused.headers['retry-after']).toBe('30');
      expect(await shared.codeAt(cookie)).toBe(200);
      expect(await sticky.codeAt(await sticky.signIn())).toBe(200);
      await Promise.all(services.splice(0).map((service) => service.close()));
    } finally {
      await server.stop();
    }
  },
);

it('counts the sessions that it holds', async () => {
  const teller = await pod('sticky');
  await teller.signIn();
  const metrics = await teller.service.admin.inject('/metrics');
  expect(metrics.body).toContain('tellers_sessions_open 1');
});

it('counts a session that is used beyond the time at which it would have ended', async () => {
  const teller = await pod('shared', { MAX_SESSIONS: '2', IDLE_TIMEOUT_MS: '2000' });
  const [used] = [await teller.signIn(), await teller.signIn()];
  for (let times = 0; times < 6; times += 1) {
    await sleep(400);
    // A store that is late on a machine that is full refuses, and is asked again.
    await eventually(async () => (await teller.codeAt(used)) === 200);
  }
  await teller.signIn();
  const authorization = `Bearer ${issuer.token('ada')}`;
  expect((await teller.call('POST', '', undefined, undefined, { authorization })).status).toBe(503);
  expect(await teller.codeAt(used)).toBe(200);
});

it('uses a __Host- cookie where the front door speaks TLS', async () => {
  const teller = await pod('sticky', { SECURE_COOKIES: 'true' });
  const authorization = `Bearer ${issuer.token('ada')}`;
  const reply = await teller.call('POST', '', undefined, undefined, { authorization });
  expect(reply.headers['set-cookie']).toMatch(
    /^__Host-tellers-session-sticky=.*; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
  );
});

it.each([
  ['false', 'tellers-session-handoff', ''],
  ['true', '__Secure-tellers-session-handoff', '; Secure'],
])('keeps its cookies to the prefix that it is served under (over TLS: %s)', async (SECURE_COOKIES, name, secure) => {
  const plain = await pod('handoff', { PATH_PREFIX: '/bank', SECURE_COOKIES });
  const teller = new PodUnderTest(plain.service, 'handoff', '/bank/handoff/session');
  const attributes = `; Path=/bank; HttpOnly; SameSite=Strict${secure}`;
  const authorization = `Bearer ${issuer.token('ada')}`;
  const opened = await teller.call('POST', '', undefined, undefined, { authorization });
  expect(opened.headers['set-cookie']).toMatch(new RegExp(`^${name}=[^;]+${attributes}$`));
  const ended = await teller.call('DELETE', '', opened.headers['set-cookie']!.toString().split(';')[0]);
  expect(ended.headers['set-cookie']).toEqual([
    `${name}=; Max-Age=0${attributes}`,
    `tellers-affinity-handoff=; Max-Age=0${attributes}`,
  ]);
});

it('counts unknown sessions by cause', async () => {
  const teller = await pod('sticky');
  const cookie = await teller.signIn();
  await teller.call('DELETE', '', cookie);
  await teller.codeAt(cookie);
  const metrics = await teller.service.admin.inject('/metrics');
  expect(metrics.body).toContain('tellers_sessions_unknown_total{cause="signed-out"} 1');
});

it('refuses the handoff store without affinity', () => {
  const variables = testVariables({ STORE: 'handoff', AFFINITY: 'none', JWKS_URL: issuer.jwksUrl });
  expect(() => readEnvironment(sessionEnvironment, variables)).toThrow(/AFFINITY/);
});

describe('rebalancing', () => {
  it('lets clients of a full pod go to a new one, by a reply that takes the affinity along, and loses nobody', async () => {
    const on = { REBALANCE: 'true', SESSIONS_PER_MINUTE: '0', SESSIONS_PER_MINUTE_OF_ADDRESS: '0' };
    const full = await pod('handoff', on);
    const clients = await Promise.all(
      Array.from({ length: 40 }, async () => ({ cookie: await full.signIn(), at: full as PodUnderTest | undefined, visits: 0 })), // prettier-ignore
    );
    const pods = [full, await pod('handoff', on)];
    const open = async ({ service }: PodUnderTest): Promise<number> =>
      Number(/^tellers_sessions_open (\d+)/m.exec((await service.admin.inject('/metrics')).body)![1]);
    await eventually(async () => {
      for (const client of clients) {
        const at = client.at ?? pods[Math.floor(Math.random() * pods.length)]!;
        const { status, body, cookies } = await at.call('GET', '/overview', client.cookie);
        client.visits += 1;
        expect({ status, visits: body.visits }).toEqual({ status: 200, visits: client.visits });
        client.at = cookies.some(({ name, maxAge }) => name === 'tellers-affinity-handoff' && maxAge === 0) ? undefined : at; // prettier-ignore
      }
      await sleep(150);
      return Math.max(...(await Promise.all(pods.map(open)))) <= 24;
    }, 20_000);
  }, 30_000);
});
