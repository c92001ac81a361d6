import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { sampleHar, type SampleEntry } from '../../../test/sample-har.js';
import { correlate } from './correlate.js';
import { fillRequest } from './fill-request.js';
import type { JourneyRequest } from './journey.js';
import { liftSecrets } from './lift-secrets.js';
import { readHar } from './read-har.js';
import { readYaml } from './read-yaml.js';
import { takeValues } from './take-values.js';
import { writeYaml } from './write-yaml.js';

/** A shop with a session, a token in its form, and orders that only their owner sees by an id and a key. */
async function answer(
  sessions: Map<string, string>,
  orders: string[],
  request: IncomingMessage,
  reply: ServerResponse,
) {
  const { pathname, searchParams } = new URL(request.url!, 'http://shop.example');
  const cookie = /sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const form = new URLSearchParams(await text(request));
  const end = (status: number, body = '', headers = {}) => reply.writeHead(status, headers).end(body);
  if (pathname === '/login' && request.method === 'GET') {
    const [sid, csrf] = [randomBytes(8).toString('hex'), `${randomBytes(6).toString('base64')}+/=&"`];
    sessions.set(sid, csrf);
    const page = `<form><input type="hidden" name="_csrf" value="${csrf.replace('&', '&amp;').replace('"', '&quot;')}"></form>`;
    return end(200, page, { 'content-type': 'text/html', 'set-cookie': `sid=${sid}; HttpOnly` });
  }
  if (!sessions.has(cookie)) return end(401);
  if (pathname === '/login') {
    const isRight = form.get('_csrf') === sessions.get(cookie) && form.get('password') === 'open & sesame';
    return isRight ? end(302, '', { location: '/orders' }) : end(403);
  }
  if (request.method === 'POST') {
    orders.push(cookie);
    return end(303, '', {
      location: `/orders/${orders.length}?key=${encodeURIComponent(`${cookie}/${orders.length}`)}`,
    });
  }
  const [, , id] = pathname.split('/');
  if (id === undefined) return end(200, '{"orders":[]}', { 'content-type': 'application/json' });
  return end(orders[Number(id) - 1] === cookie && searchParams.get('key') === `${cookie}/${id}` ? 200 : 404);
}

describe('a recorded journey', () => {
  const orders: string[] = [];
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    const sessions = new Map<string, string>();
    server = createServer((request, reply) => void answer(sessions, orders, request, reply)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  /** Sends a request as a client with these cookies. */
  async function send({ method, path, headers, body }: JourneyRequest, jar: Map<string, string>) {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const init = { method, headers: { ...headers, cookie }, redirect: 'manual' as const };
    const reply = await fetch(origin + path, body === undefined ? init : { ...init, body });
    for (const [, name, value] of reply.headers
      .getSetCookie()
      .join()
      .matchAll(/(\w+)=(\w+)/g))
      jar.set(name!, value!);
    const lines = Object.fromEntries([...reply.headers].map(([name, value]) => [name, [value]]));
    return { status: reply.status, headers: lines, body: await reply.text() };
  }

  /** What a browser would have recorded of a visit. */
  async function record(): Promise<string> {
    const jar = new Map<string, string>();
    const entries: SampleEntry[] = [];
    const visit = async (method: string, path: string, fields?: Record<string, string>) => {
      const post = fields && {
        mimeType: 'application/x-www-form-urlencoded',
        text: new URLSearchParams(fields).toString(),
      };
      const headers = post === undefined ? {} : { 'content-type': post.mimeType };
      const request = { name: '', method, path, headers, body: post?.text, takes: [], keeps: undefined };
      const { status, headers: given, body } = await send(request, jar);
      const gives = Object.entries(given).map(([name, [value = '']]) => [name, value] as const);
      entries.push({ request: `${method} ${path}`, origin, ...(post && { post }), status, gives, body });
      return { body, location: given['location']?.[0] ?? '' };
    };
    const { body: page } = await visit('GET', '/login');
    const csrf = /value="([^"]+)"/.exec(page)![1]!.replace('&quot;', '"').replace('&amp;', '&');
    const { location: home } = await visit('POST', '/login', { _csrf: csrf, email: 'ann', password: 'open & sesame' });
    await visit('GET', home);
    const { location } = await visit('POST', '/orders', { sku: 'tea' });
    await visit('GET', location);
    return sampleHar(entries);
  }

  async function walk(requests: readonly JourneyRequest[], user: ReadonlyMap<string, string>): Promise<unknown[]> {
    const [jar, taken] = [new Map<string, string>(), new Map<string, string>()];
    const statuses: unknown[] = [];
    for (const request of requests) {
      const filled = fillRequest(request, new Map([...taken, ...user]));
      if ('missing' in filled) {
        statuses.push(filled.missing);
        continue;
      }
      const reply = await send(filled, jar);
      for (const [name, value] of takeValues(filled, reply, (cookie) => jar.get(cookie))) taken.set(name, value);
      statuses.push(reply.status);
    }
    return statuses;
  }

  it('is walked by a new client as the browser did, where what was recorded would not be', async () => {
    const recording = readHar(await record());
    const asRecorded = recording.exchanges.map(({ request }) => request);
    expect(recording.exchanges.map(({ reply }) => reply.status)).toEqual([200, 302, 200, 303, 200]);
    expect(await walk(asRecorded, new Map())).toEqual([200, 403, 200, 303, 404]);

    const { journey, user } = liftSecrets(correlate(recording, readHar(await record())).journey);
    expect(await walk(readYaml(writeYaml(journey)).requests, user)).toEqual([200, 302, 200, 303, 200]);
    expect(new Set(orders).size).toBe(orders.length);
  });

  it('is not sent where a reply that it needs was left out', async () => {
    const { journey, user } = liftSecrets(correlate(readHar(await record()), readHar(await record())).journey);
    const [login, ...others] = journey.requests;
    expect(await walk(others, user)).toEqual(['csrf', 401, 401, 'order']);
    expect(await walk([login!], user)).toEqual([200]);
  });
});
