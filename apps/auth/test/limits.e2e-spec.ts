import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatKeySet, generateSigningKey } from '#libs/identity';
import { createService, readEnvironment, type Service } from '#libs/service';
import { forgetKeys, testVariables } from '#libs/testing';
import { authService } from '../src/auth-service.js';
import { authEnvironment } from '../src/environment.js';

const folder = mkdtempSync(join(tmpdir(), 'auth-limits-'));
const SIGNING_KEYS_FILE = join(folder, 'keys.json');
writeFileSync(SIGNING_KEYS_FILE, formatKeySet([generateSigningKey(Date.now())]));

const password = 'correct horse';
let count = 0;
const newAddress = () => `198.18.${(count += 1) >> 8}.${count & 255}`;

/** Two pods of auth on one store. */
class Auth {
  readonly #pods: Service[] = [];
  #turn = 0;

  static async start(own: Record<string, string>): Promise<Auth> {
    const settings = readEnvironment(authEnvironment, testVariables({ SIGNING_KEYS_FILE, ...own }));
    const auth = new Auth(settings.REDIS_KEY_PREFIX);
    for (let pod = 0; pod < 2; pod += 1) auth.#pods.push(await createService(authService(settings)));
    return auth;
  }

  private constructor(private readonly prefix: string) {}

  async call(url: string, payload: object, remoteAddress: string, headers: Record<string, string> = {}) {
    const pod = this.#pods[(this.#turn += 1) % this.#pods.length]!;
    const reply = await pod.app.inject({ method: 'POST', url: `/auth${url}`, payload, remoteAddress, headers });
    return { status: reply.statusCode, headers: reply.headers, body: reply.json() };
  }

  register(remoteAddress: string, headers: Record<string, string> = {}) {
    const username = `ada-${(count += 1)}`;
    return this.call('/customers', { username, password, name: 'Ada' }, remoteAddress, headers);
  }

  /** A new customer's username. */
  async customer(): Promise<string> {
    const username = `ada-${(count += 1)}`;
    expect((await this.call('/customers', { username, password, name: 'Ada' }, newAddress())).status).toBe(201);
    return username;
  }

  logIn(username: string, address: string, given = password) {
    return this.call('/login', { username, password: given }, address);
  }

  guess(username: string, address: string) {
    return this.logIn(username, address, 'wrong password');
  }

  async pass(): Promise<string> {
    return (await this.#pods[0]!.admin.inject('/limits/pass')).json().pass;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#pods.map((pod) => pod.close()));
    await forgetKeys(this.prefix);
  }
}

afterAll(() => rmSync(folder, { recursive: true }));

const statuses = (replies: readonly { status: number }[]) => replies.map(({ status }) => status);
const refusal = (code: string, policy: string) => ({
  status: 429,
  headers: { 'content-type': expect.stringMatching('^application/problem'), 'retry-after': expect.any(String) },
  body: { type: `urn:tellers:problem:${code}`, 'violated-policies': [policy] },
});

describe('an address', () => {
  let auth: Auth;
  beforeAll(async () => {
    auth = await Auth.start({ REGISTRATIONS_PER_HOUR: '4', SIGN_INS_PER_MINUTE: '4', REFRESHES_PER_MINUTE: '4' });
  });
  afterAll(() => auth.stop());

  it('registers so many customers, at whichever pods, and is told when it may go on', async () => {
    const address = newAddress();
    const first = await auth.register(address);
    expect(first).toMatchObject({
      status: 201,
      headers: { 'ratelimit-policy': '"registrations";q=4;w=3600', ratelimit: '"registrations";r=3;t=3600' },
    });
    for (let more = 0; more < 3; more += 1) expect((await auth.register(address)).status).toBe(201);
    const refused = await auth.register(address);
    expect(refused).toMatchObject(refusal('rate-limited', 'registrations'));
    expect(refused.headers['ratelimit']).toMatch(/^"registrations";r=0;t=3[56]\d\d$/);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_500);
    expect((await auth.register(newAddress())).status).toBe(201);
  });

  it('registers any number with the pass that the second port gives, and none more with another', async () => {
    const address = newAddress();
    const headers = { 'x-tellers-pass': await auth.pass() };
    for (let more = 0; more < 6; more += 1) expect((await auth.register(address, headers)).status).toBe(201);
    const forged = { 'x-tellers-pass': 'x'.repeat(22) };
    for (let more = 0; more < 4; more += 1) expect((await auth.register(address, forged)).status).toBe(201);
    expect((await auth.register(address, forged)).status).toBe(429);
  });

  it('is one with all of its network, where it is an IPv6 address', async () => {
    for (let host = 1; host <= 4; host += 1) expect((await auth.register(`2001:db8::${host}`)).status).toBe(201);
    expect((await auth.register('2001:db8::5')).status).toBe(429);
    expect((await auth.register('2001:db8:0:1::1')).status).toBe(201);
  });

  it('signs in so often, but for customers who have signed in from there before', async () => {
    const [ada, bob] = [await auth.customer(), await auth.customer()];
    const address = newAddress();
    expect((await auth.logIn(ada, address)).status).toBe(200);
    for (let more = 0; more < 4; more += 1) await auth.guess(`nobody-${more}`, address);
    expect(await auth.logIn(bob, address)).toMatchObject(refusal('rate-limited', 'sign-ins'));
    expect((await auth.logIn(ada, address)).status).toBe(200);
  });

  it('refreshes so often', async () => {
    const address = newAddress();
    const refresh = () => auth.call('/refresh', { refresh_token: 'unknown' }, address);
    for (let more = 0; more < 4; more += 1) expect((await refresh()).status).toBe(401);
    expect(await refresh()).toMatchObject(refusal('rate-limited', 'refreshes'));
  });

  it('is the one that connects, whatever it says that it is', async () => {
    const address = newAddress();
    const claim = () => auth.register(address, { 'x-forwarded-for': newAddress() });
    for (let more = 0; more < 4; more += 1) expect((await claim()).status).toBe(201);
    expect((await claim()).status).toBe(429);
  });
});

it('takes the word of the proxies before it, and nobody else, for an address', async () => {
  const auth = await Auth.start({ REGISTRATIONS_PER_HOUR: '1', TRUST_PROXY: '1' });
  const [client, proxy] = [newAddress(), newAddress()];
  const comingFrom = (forwarded: string) => auth.register(proxy, { 'x-forwarded-for': forwarded });
  expect((await comingFrom(client)).status).toBe(201);
  // The last is what the proxy saw.
  expect((await comingFrom(`${newAddress()}, ${client}`)).status).toBe(429);
  expect((await comingFrom(newAddress())).status).toBe(201);
  await auth.stop();
});

describe('guesses at passwords', () => {
  let auth: Auth;
  beforeAll(async () => {
    auth = await Auth.start({
      WRONG_PASSWORDS: '3',
      WRONG_PASSWORDS_OF_CUSTOMER: '12',
      WRONG_PASSWORDS_OF_ADDRESS: '12',
    });
  });
  afterAll(() => auth.stop());

  it('wait longer each time, and let the right password in from elsewhere at once', async () => {
    const [username, guilty] = [await auth.customer(), newAddress()];
    for (let guess = 0; guess < 3; guess += 1) expect((await auth.guess(username, guilty)).status).toBe(401);
    const waits: number[] = [];
    for (let guess = 0; guess < 2; guess += 1) {
      const refused = await auth.logIn(username, guilty);
      expect(refused).toMatchObject(refusal('too-many-failures', 'wrong-passwords'));
      waits.push(Number(refused.headers['retry-after']));
      expect((await auth.logIn(username, newAddress())).status).toBe(200);
      await wait(waits.at(-1)! * 1_000 + 50);
      expect((await auth.guess(username, guilty)).status).toBe(401);
    }
    expect(waits).toEqual([1, 2]);
  });

  it('are forgotten once the right one came', async () => {
    const [username, address] = [await auth.customer(), newAddress()];
    for (let round = 0; round < 2; round += 1) {
      for (let guess = 0; guess < 2; guess += 1) expect((await auth.guess(username, address)).status).toBe(401);
      expect((await auth.logIn(username, address)).status).toBe(200);
    }
  });

  it('are not tried beyond that, were they sent at once', async () => {
    const [username, address] = [await auth.customer(), newAddress()];
    const replies = await Promise.all(Array.from({ length: 60 }, () => auth.guess(username, address)));
    // What each of two pods works on when the third fails is tried still.
    expect(statuses(replies).filter((status) => status === 401).length).toBeLessThanOrEqual(3 + 2 * 4);
    expect(statuses(replies).filter((status) => status === 429).length).toBeGreaterThan(0);
  });

  it('from many addresses make strangers wait, and the customer at an address of theirs go on', async () => {
    const [username, home] = [await auth.customer(), newAddress()];
    expect((await auth.logIn(username, home)).status).toBe(200);
    for (let guess = 0; guess < 12; guess += 1) expect((await auth.guess(username, newAddress())).status).toBe(401);
    expect(await auth.guess(username, newAddress())).toMatchObject(
      refusal('too-many-failures', 'wrong-passwords-of-customer'),
    );
    expect((await auth.logIn(username, home)).status).toBe(200);
  });

  it('of one address at many customers make it wait, but for those who have signed in from there', async () => {
    const [ada, bob, address] = [await auth.customer(), await auth.customer(), newAddress()];
    expect((await auth.logIn(ada, address)).status).toBe(200);
    for (let guess = 0; guess < 12; guess += 1) expect((await auth.guess(`nobody-${guess}`, address)).status).toBe(401);
    expect(await auth.logIn(bob, address)).toMatchObject(refusal('too-many-failures', 'wrong-passwords-of-address'));
    expect((await auth.logIn(ada, address)).status).toBe(200);
  });
});

it('lets everybody sign in while one address sends as many logins as it can', async () => {
  const auth = await Auth.start({ SIGN_INS_PER_MINUTE: '0', WRONG_PASSWORDS_OF_ADDRESS: '0' });
  const rightful = await Promise.all(Array.from({ length: 15 }, () => auth.customer()));
  const stranger = newAddress();
  const over = new AbortController();
  let guesses = 0;
  const flood = Array.from({ length: 256 }, async () => {
    while (!over.signal.aborted) await auth.guess(`nobody-${(guesses += 1)}`, stranger);
  });
  await wait(500);
  const replies = await Promise.all(rightful.map((username) => auth.logIn(username, newAddress())));
  over.abort();
  await Promise.all(flood);
  expect(statuses(replies)).toEqual(rightful.map(() => 200));
  expect(guesses).toBeGreaterThan(256);
  await auth.stop();
});
