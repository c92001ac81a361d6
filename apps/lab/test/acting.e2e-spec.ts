import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '#libs/testing';
import { Crowd } from '../src/bank/crowd/crowd.js';
import type { Done, OwnSessionStep, OwnSessionSnapshot } from '../src/protocol/actions.js';
import { newToken } from '../src/dashboard/acting/admission.js';
import { serveDashboard, type Dashboard } from '../src/dashboard/dashboard.js';
import { changed } from '../src/protocol/changes.js';
import type { BankSnapshot, SnapshotChange, CrowdSettings } from '../src/protocol/snapshots.js';
import type { LocalPlatform } from '../src/platform/local/local-platform.js';
import { startLocalPlatform } from '../src/bank/local/start-local-platform.js';
import { EventReader } from './event-reader.js';
import { Journal } from '../src/journal/journal.js';

const startMs = 90_000;
const token = newToken();
const sticky = 'session-sticky-0';

describe('acting from the page', () => {
  const journal = new Journal();
  let platform: LocalPlatform;
  let crowd: Crowd;
  let dashboard: Dashboard;
  let reading: Dashboard;

  beforeAll(async () => {
    platform = await startLocalPlatform({
      port: 0,
      workloads: { auth: 1, account: 1, 'session-sticky': 2 },
      environment: { 'session-sticky': { DRAIN_DEADLINE_MS: '500' } },
    });
    crowd = await new Crowd({
      platform,
      modes: ['stateless', 'sticky'],
      available: ['stateless', 'sticky'],
      customers: 8,
      arrivalsPerSecond: 20,
      seed: 1,
      thinkMs: 300,
      fault: (sentence) => journal.note(sentence),
    }).open();
    const options = {
      host: '127.0.0.1',
      port: 0,
      bank: 'the bank here',
      portRemedy: 'with --port',
      platform,
      journal,
      workloads: ['auth', 'account', 'session-sticky'] as const,
      crowd,
    };
    dashboard = await serveDashboard({ ...options, acting: { token } });
    reading = await serveDashboard({ ...options, path: '/lab' });
  }, startMs);
  afterAll(async () => {
    await dashboard?.close();
    await reading?.close();
    await crowd?.close();
    await platform?.close();
  }, startMs);

  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}, to = dashboard) =>
    fetch(`${to.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const done = async (reply: Response): Promise<Done> => {
    expect([reply.status, reply.ok ? '' : await reply.text()]).toEqual([200, '']);
    return (await reply.json()) as Done;
  };
  /** What it has cost when all have found out. */
  const counted = async (reply: Response): Promise<Done> => {
    const { id } = await done(reply);
    const now = async () => (await state()).done.find((one) => one.id === id);
    await eventually(async () => (await now())?.isCounted === true, 60_000);
    return (await now())!;
  };
  const state = async () => (await (await call('GET', '/state')).json()) as BankSnapshot;
  const active = () => crowd.now.customers.filter(({ mode, pod }) => mode === 'sticky' && pod !== null);
  const codeOf = async (reply: Response): Promise<[number, string]> => {
    const { type } = (await reply.json()) as { type: string };
    return [reply.status, type.replace('urn:tellers:problem:', '')];
  };

  const acts = [
    ['PUT', '/crowd', { customers: 1 }],
    ['POST', '/workloads/session-sticky/scale', { replicas: 1 }],
    ['POST', '/workloads/session-sticky/roll', undefined],
    ['POST', `/pods/${sticky}/kill`, undefined],
    ['POST', `/pods/${sticky}/stop`, undefined],
    ['POST', '/store/pause', { seconds: 1 }],
    ['POST', '/sessions', { mode: 'sticky' }],
    ['POST', '/sessions/any/ask', { ask: 'look' }],
    ['GET', '/sessions/any', undefined],
    ['DELETE', '/sessions/any', undefined],
    ['POST', '/experiments', { name: 'personalisation', quick: true }],
    ['DELETE', '/experiments/running', undefined],
  ] as const;

  it('tells the link with the token in its fragment, and what may be done', async () => {
    expect(dashboard.link).toBe(`${dashboard.url}/#token=${token}`);
    expect(reading.link).toBe(reading.url);
    expect((await state()).may).toEqual([
      'crowd',
      'session',
      'scale',
      'kill',
      'stop',
      'roll',
      'pause-store',
      'experiment',
    ]);
  });

  it.each(acts)('needs the token and no foreign page: %s %s', async (method, path, body) => {
    const none = await call(method, path, body, { authorization: '' });
    expect(none.headers.get('www-authenticate')).toBe('Bearer');
    expect(await codeOf(none)).toEqual([401, 'token-missing']);
    const wrong = await call(method, path, body, { authorization: `Bearer ${newToken()}` });
    expect(await codeOf(wrong)).toEqual([401, 'token-wrong']);
    const foreign = await call(method, path, body, { origin: 'https://evil.example' });
    expect(await codeOf(foreign)).toEqual([403, 'cross-origin-refused']);
    const crossSite = await call(method, path, body, { 'sec-fetch-site': 'cross-site' });
    expect(await codeOf(crossSite)).toEqual([403, 'cross-origin-refused']);
  });

  it.each(acts)('is not there where the lab only looks: %s %s', async (method, path, body) => {
    expect(await codeOf(await call(method, path, body, {}, reading))).toEqual([404, 'not-found']);
    const looked = (await (await fetch(`${reading.url}/state`)).json()) as BankSnapshot;
    expect(looked.may).toEqual([]);
  });

  it('is served under the path that a front door brings requests with, too', async () => {
    const at = (path: string) => fetch(`${reading.url}${path}`, { redirect: 'manual' });
    const bare = await at('/lab');
    expect([bare.status, bare.headers.get('location')]).toEqual([308, '/lab/']);
    const [page, under] = await Promise.all([at('/'), at('/lab/')]);
    expect(await under.text()).toBe(await page.text());
    expect(under.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(((await (await at('/lab/state')).json()) as BankSnapshot).bank).toBe('the bank here');
    expect(await codeOf(await at('/lab/nowhere'))).toEqual([404, 'not-found']);
  });

  it('answers under no name that is not of this machine, so that no other page reads it as its own', async () => {
    const { port } = new URL(dashboard.url);
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, host: '127.0.0.1', path: '/state', headers: { host: `evil.example:${port}` } }, resolve).on(
        'error',
        reject,
      );
    });
    reply.resume();
    expect(reply.statusCode).toBe(421);
  });

  it.each([
    ['PUT', '/crowd', { customers: 501 }],
    ['PUT', '/crowd', { customers: -1 }],
    ['PUT', '/crowd', { arrivalsPerSecond: 51 }],
    ['PUT', '/crowd', { modes: ['nowhere'] }],
    ['PUT', '/crowd', { modes: ['shared'] }],
    ['PUT', '/crowd', { thinkMs: 1 }],
    ['PUT', '/crowd', undefined],
    ['POST', '/workloads/account/scale', { replicas: 21 }],
    ['POST', '/workloads/account/scale', { replicas: 1.5 }],
    ['POST', '/store/pause', { seconds: 31 }],
    ['POST', '/store/pause', { seconds: 0 }],
    ['POST', '/sessions', { mode: 'shared' }],
  ])('takes no value that does not fit: %s %s %j', async (method, path, body) => {
    expect(await codeOf(await call(method, path, body))).toEqual([422, 'invalid-request']);
  });

  it.each(['/workloads/nowhere/roll', '/pods/account-9/kill', '/pods/account-9/stop'])(
    'knows only what there is: %s',
    async (path) => {
      expect(await codeOf(await call('POST', path))).toEqual([404, 'not-found']);
    },
  );

  it('lets more customers come at once, and tells the stream who they are', async () => {
    await eventually(() => active().length === 8, 60_000);
    const reader = new EventReader(`${dashboard.url}/events`);
    await reader.until(() => reader.messages.length > 0);
    const reply = await call('PUT', '/crowd', { customers: 12 });
    expect((await reply.json()) as CrowdSettings).toMatchObject({ customers: 12, arrivalsPerSecond: 20 });
    await eventually(() => active().length === 12, 60_000);
    const reported = () =>
      reader.messages
        .slice(1)
        .reduce((now, { data }) => changed(now, data as SnapshotChange), reader.messages[0]!.data as BankSnapshot);
    await reader.until(
      () => reported().crowd!.customers.filter(({ mode, pod }) => mode === 'sticky' && pod).length === 12,
    );
    expect(reported().crowd!.settings.customers).toBe(12);
    // Two pages share what this crowd was answered, whichever takes it first.
    const answered = () => reader.messages.slice(1).map(({ data }) => (data as SnapshotChange).crowd?.answered ?? {});
    await reader.until(() => answered().some((requests) => Object.hasOwn(requests, sticky)));
    reader.cut();
  });

  const openOwnSession = async (mode: string): Promise<(...asks: OwnSessionStep[]) => Promise<OwnSessionSnapshot>> => {
    const reply = await call('POST', '/sessions', { mode });
    expect(reply.status).toBe(201);
    let now = (await reply.json()) as OwnSessionSnapshot;
    return async (...asks) => {
      for (const ask of asks) {
        const asked = await call('POST', `/sessions/${now.id}/ask`, { ask });
        expect([ask, asked.status]).toEqual([ask, 200]);
        now = (await asked.json()) as OwnSessionSnapshot;
      }
      return (await (await call('GET', `/sessions/${now.id}`)).json()) as OwnSessionSnapshot;
    };
  };

  it('shows what travels in your own stateless session, and that you carry it all', async () => {
    const ask = await openOwnSession('stateless');
    const begun = await ask();
    expect(begun).toMatchObject({ mode: 'stateless', step: 'signed-in', remembers: null, lost: null });
    expect(begun.recordings.map(({ path, status }) => [path, status])).toEqual([['/auth/login', 200]]);
    const amount = await ask('look', 'payee', 'amount');
    expect(amount).toMatchObject({ pod: 'account-1', step: 'amount', may: ['look', 'confirm', 'sign-out'] });
    const [bearer, continuation] = amount.carries;
    expect(bearer).toMatchObject({ name: 'access token', text: expect.stringMatching(/^.{16}…$/) });
    expect(JSON.parse(continuation!.text)).toMatchObject({ amount: { currency: 'EUR' } });
    const step = amount.recordings.at(-1)!;
    expect(step).toMatchObject({ method: 'POST', path: '/account/transfers/steps', pod: 'account-1', outcome: 'ok' });
    expect(step.token).toMatchObject({ header: { alg: 'ES256' }, claims: { sub: expect.any(String) } });
    expect(new Map(step.requestHeaders).get('authorization')).toMatch(/^Bearer .{16}…$/);
    expect(new Map(step.replyHeaders).get('x-served-by')).toBe(`account-1/${step.bootId}`);
    expect(JSON.stringify(amount.recordings)).not.toMatch(/[\w-]{20}\.[\w-]{20}/);
    const over = await ask('confirm', 'sign-out');
    expect(over).toMatchObject({ step: 'signed-out', may: ['sign-in'], pod: null, carries: [] });
  });

  it('shows in your own sticky session what the pod remembers, and under which cause you lost it with the pod', async () => {
    const ask = await openOwnSession('sticky');
    const there = await ask('look', 'payee');
    expect(there.remembers).toMatchObject({
      session: { name: there.name },
      transfer: { next: 'amount' },
      overview: { visits: 1 },
    });
    expect(there.carries.map(({ name }) => name).toSorted()).toEqual([
      'cookie tellers-affinity-sticky',
      'cookie tellers-session-sticky',
    ]);
    expect(new Map(there.recordings.at(-1)!.requestHeaders).get('cookie')).toMatch(/tellers-session-sticky=.{16}…/);
    expect(JSON.stringify(there.recordings)).not.toContain('remembered');
    await platform.kill(there.pod!);
    const lost = await ask('amount');
    expect(lost).toMatchObject({ step: 'signed-out', remembers: null, lost: { cause: 'owner-died', pod: there.pod } });
    expect(lost.recordings.at(-1)).toMatchObject({ status: 401, outcome: 'session-lost' });
    expect(await ask('sign-in')).toMatchObject({ step: 'signed-in', lost: null, remembers: { transfer: null } });
    const early = await call('POST', `/sessions/${there.id}/ask`, { ask: 'confirm' });
    expect(await codeOf(early)).toEqual([409, 'own-session-step-refused']);
    expect((await call('DELETE', `/sessions/${there.id}`)).status).toBe(204);
    expect(await codeOf(await call('GET', `/sessions/${there.id}`))).toEqual([404, 'not-found']);
    await platform.settled(60_000);
  }, 90_000);

  it('kills a pod, and tells which sessions that cost and why', async () => {
    const there = () => active().filter(({ pod }) => pod === sticky).length;
    // Customers of the pod that died before may still find out, and would be counted here.
    const booked = async () => (await state()).crowd!.losses.length;
    for (let known = -1; known !== (known = await booked());) await sleep(2_000);
    await eventually(() => there() > 0, 60_000);
    const begun = performance.now();
    const reply = await call('POST', `/pods/${sticky}/kill`);
    // Who acts is not kept waiting for those who pause.
    expect(performance.now() - begun).toBeLessThan(3_000);
    const { did, lost, awaited } = await counted(reply);
    expect(awaited).toBe(0);
    expect(did).toBe(`${sticky} was killed.`);
    expect(Object.keys(lost)).toEqual(['sticky']);
    expect(Object.keys(lost['sticky']!)).toEqual(['owner-died']);
    const now = await state();
    const last = now.events.filter(({ sentence }) => sentence.startsWith(did));
    expect(last).toHaveLength(1);
    expect(last[0]!.sentence).toMatch(/Lost in the end: \d+ sessions? in sticky \(its pod died\)/);
    const losses = now.crowd!.losses.filter(({ pod, cause }) => pod === sticky && cause === 'owner-died');
    expect(losses.filter(({ bootId }) => bootId === losses.at(-1)!.bootId)).toHaveLength(
      lost['sticky']!['owner-died']!,
    );
    await eventually(() => active().length === 12, 60_000);
  }, 90_000);

  it('scales a workload, and tells what the pods that go took with them', async () => {
    await platform.settled(60_000);
    const { did, lost } = await counted(await call('POST', '/workloads/session-sticky/scale', { replicas: 1 }));
    expect(did).toBe('session-sticky was scaled from 2 to 1.');
    expect(Object.keys(lost['sticky'] ?? {}).filter((cause) => cause !== 'drained-without-handoff')).toEqual([]);
    expect((await platform.pods('session-sticky')).map(({ name }) => name)).toEqual([sticky]);
  }, 90_000);

  it('runs an experiment while the crowd is at home, and keeps its report', async () => {
    expect((await state()).experiments?.known.map(({ name }) => name)).toContain('wizard');
    const begun = await call('POST', '/experiments', { name: 'personalisation', quick: true });
    expect(begun.status).toBe(202);
    expect((await state()).experiments?.running).toMatchObject({ name: 'personalisation' });
    expect(await codeOf(await call('POST', `/pods/${sticky}/kill`))).toEqual([409, 'experiment-running']);
    expect(await codeOf(await call('POST', '/experiments', { name: 'wizard', quick: true }))).toEqual([
      409,
      'experiment-running',
    ]);
    await eventually(() => crowd.now.customers.length === 0, 60_000);
    await eventually(async () => (await state()).experiments?.running === null, 60_000);
    const [over] = (await state()).experiments!.done;
    expect(over).toMatchObject({ name: 'personalisation', passed: true });
    expect(over!.verdicts.map(({ ruling }) => ruling)).toEqual(['holds']);
    for (const [kind, type] of [
      ['', 'text/html'],
      ['.md', 'text/markdown'],
      ['.json', 'application/json'],
    ]) {
      const report = await fetch(`${dashboard.url}/${over!.report}${kind}`);
      expect(report.headers.get('content-type')).toContain(type);
      expect(report.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await report.text()).toContain('personalisation');
    }
    expect(await codeOf(await call('GET', '/reports/none'))).toEqual([404, 'not-found']);
    await eventually(() => active().length > 0, 60_000);
  }, 180_000);

  it('stops an experiment after the measurement that is under way', async () => {
    expect(await codeOf(await call('DELETE', '/experiments/running'))).toEqual([404, 'not-found']);
    expect(await codeOf(await call('POST', '/experiments', { name: 'nothing', quick: true }))).toEqual([
      404,
      'not-found',
    ]);
    await call('POST', '/experiments', { name: 'personalisation', quick: true });
    expect((await call('DELETE', '/experiments/running')).status).toBe(204);
    await eventually(async () => (await state()).experiments?.running === null, 60_000);
    expect((await state()).events.map(({ sentence }) => sentence).join()).toContain('stopped from the page');
  }, 180_000);

  it('pauses the store for as long as it says', async () => {
    const { did, tookMs } = await done(await call('POST', '/store/pause', { seconds: 1 }));
    expect(did).toBe('Redis was paused for 1 s.');
    expect(tookMs).toBeGreaterThanOrEqual(1_000);
  }, 30_000);
});
