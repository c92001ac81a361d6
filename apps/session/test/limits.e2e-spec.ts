import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Clients, createService, readEnvironment, type Service } from '#libs/service';
import { forgetKeys, startIssuer, testVariables, type TestIssuer } from '#libs/testing';
import { sessionEnvironment } from '../src/environment.js';
import { sessionService } from '../src/session-service.js';

let issuer: TestIssuer;
let pods: Service[];
let prefix: string;
let turn = 0;

beforeAll(async () => {
  issuer = await startIssuer();
  const limits = { SESSIONS_PER_MINUTE: '3', SESSIONS_PER_MINUTE_OF_ADDRESS: '6' };
  const settings = readEnvironment(sessionEnvironment, testVariables({ JWKS_URL: issuer.jwksUrl, ...limits }));
  prefix = settings.REDIS_KEY_PREFIX;
  pods = [await createService(sessionService(settings)), await createService(sessionService(settings))];
  for (const pod of pods) await pod.listen();
});
afterAll(async () => {
  await Promise.all(pods.map((pod) => pod.close()));
  issuer.close();
  await forgetKeys(prefix);
});

/** Opens a session at the next pod. */
async function open(customer: string, remoteAddress: string, headers: Record<string, string> = {}) {
  const pod = pods[(turn += 1) % pods.length]!;
  const authorization = `Bearer ${issuer.token(customer)}`;
  return pod.app.inject({ method: 'POST', url: '/session', remoteAddress, headers: { authorization, ...headers } });
}

it('lets a customer open so many sessions in a minute, from wherever and at whichever pods', async () => {
  for (let session = 1; session <= 3; session += 1) {
    expect((await open('ada', `192.0.2.${session}`)).statusCode).toBe(201);
  }
  const refused = await open('ada', '192.0.2.4');
  expect(refused.json()).toMatchObject({ type: 'urn:tellers:problem:rate-limited', 'violated-policies': ['sessions'] });
  expect(refused).toMatchObject({ statusCode: 429, headers: { 'ratelimit-policy': '"sessions";q=3;w=60' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
  expect((await open('bob', '192.0.2.4')).statusCode).toBe(201);
});

it('lets an address open so many, for whatever customers', async () => {
  const openings = [];
  for (let customer = 0; customer < 7; customer += 1) openings.push(await open(`c-${customer}`, '192.0.2.9'));
  expect(openings.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201, 201, 201, 429]);
  expect(openings[0]!.headers['ratelimit']).toBe('"sessions";r=2;t=60, "sessions-of-address";r=5;t=60');
  expect((await open('c-0', '192.0.2.10')).statusCode).toBe(201);
});

it('lets who has the pass open any number', async () => {
  const pass = await pods[0]!.app.get(Clients, { strict: false }).pass();
  const openings = [];
  for (let session = 0; session < 8; session += 1) {
    openings.push(await open('eve', '192.0.2.20', { 'x-tellers-pass': pass }));
  }
  expect(openings.map(({ statusCode }) => statusCode)).toEqual(openings.map(() => 201));
});
