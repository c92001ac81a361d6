import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { JourneyRequest } from '../journey/journey.js';
import { createWalker, type WalkerSettings } from './create-walker.js';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function asked(method: string, path: string, more: Partial<JourneyRequest> = {}): JourneyRequest {
  return {
    name: `${method} ${path}`,
    method,
    path,
    headers: {},
    body: undefined,
    takes: [],
    keeps: undefined,
    ...more,
  };
}

const frontDoor = () => 'front door' as const;

function walkerAt(address: string, requests: readonly JourneyRequest[], more: Partial<WalkerSettings> = {}) {
  const journey = { origin: 'https://shop.example', requests };
  return createWalker({ journey, users: [], frontDoor: address, allowWrites: true, ratePerSecond: 1_000, ...more });
}

/** A service that counts, by a cookie, how often each client came. */
function counting(): RequestListener {
  const visits = new Map<string, number>();
  return (request, response) => {
    const id = /sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? `s${visits.size}`;
    if (request.url === '/out') visits.delete(id);
    else visits.set(id, (visits.get(id) ?? 0) + 1);
    response.setHeader('set-cookie', `sid=${id}; Path=/`).end(String(visits.get(id)));
  };
}

describe('a walk', () => {
  it('brings back the cookies and values that replies gave, and follows no redirect', async () => {
    const seen: unknown[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      seen.push([request.method, request.url, request.headers.cookie, await text(request)]);
      response.setHeader('set-cookie', 'sid=abc; Path=/; HttpOnly');
      if (request.method === 'POST') response.writeHead(302, { location: '/home' });
      response.end('<form><input name="csrf" value="a&b"></form>');
    };
    const address = await serve((...exchange) => void answer(...exchange));
    const walker = walkerAt(
      address,
      [
        asked('GET', '/login', { takes: [{ name: 'csrf', from: { kind: 'field', field: 'csrf' } }] }),
        asked('POST', '/login', {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'user={{user.name}}&csrf={{csrf}}',
        }),
      ],
      { users: [new Map([['user.name', 'ada']]), new Map([['user.name', 'bob']])] },
    );
    const { steps } = await walker.walk({ to: frontDoor, user: 3 });
    expect(seen).toEqual([
      ['GET', '/login', undefined, ''],
      ['POST', '/login', 'sid=abc', 'user=bob&csrf=a%26b'],
    ]);
    expect(steps.map(({ reply }) => reply.status)).toEqual([200, 302]);
    expect(steps[1]).toMatchObject({ index: 1, cookies: ['sid=abc'], reply: { headers: { location: ['/home'] } } });
    expect(steps[1]?.request).toMatchObject({ name: 'POST /login', body: 'user=bob&csrf=a%26b' });
  });

  it('asks each replica by the name that clients use, with the cookies of that, and as a page of it', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const listener: RequestListener = (request, response) => {
      seen.push(request.headers);
      response.setHeader('set-cookie', 'sid=abc; Secure; SameSite=Lax').end();
    };
    const replicas = [
      { name: 'one', address: await serve(listener) },
      { name: 'two', address: await serve(listener), headers: { 'x-pod': 'two' } },
    ];
    const headers = {
      origin: 'https://shop.example',
      referer: 'https://shop.example/cart?a=1',
      'user-agent': 'Firefox',
      'if-none-match': '"1"',
      ':authority': 'shop.example',
      'content-length': '7',
    };
    const walker = walkerAt('http://localhost:8080', [asked('GET', '/'), asked('GET', '/again', { headers })]);
    const { steps } = await walker.walk({ to: (index) => replicas[index]!, user: 0 });
    expect(steps.map(({ reply }) => reply.replica)).toEqual(['one', 'two']);
    expect(seen[0]).toMatchObject({ host: 'localhost:8080', 'user-agent': 'tellers-lab' });
    expect(seen[1]).toEqual({
      host: 'localhost:8080',
      origin: 'http://localhost:8080',
      referer: 'http://localhost:8080/cart?a=1',
      cookie: 'sid=abc',
      'user-agent': 'tellers-lab',
      'accept-encoding': 'gzip, br',
      'x-pod': 'two',
      connection: 'keep-alive',
    });
  });

  it('names the service as the first replica where no front door is known', async () => {
    const hosts: (string | undefined)[] = [];
    const listener: RequestListener = (request, response) => response.end(String(hosts.push(request.headers.host)));
    const replicas = [await serve(listener), await serve(listener)].map((address) => ({ name: address, address }));
    const walker = walkerAt('', [asked('GET', '/'), asked('GET', '/')], { frontDoor: undefined });
    await walker.walk({ to: (index) => replicas[index]!, user: 0 });
    await walker.walk({ to: (index) => replicas[1 - index]!, user: 0 });
    const first = new URL(replicas[0]!.address).host;
    expect(hosts).toEqual([first, first, first, first]);
    await expect(walker.walk({ to: frontDoor, user: 0 })).rejects.toThrow('There is no front door');
  });

  it('sends nothing but GET and HEAD unless it may', async () => {
    let requests = 0;
    const address = await serve((_, response) => response.end(String((requests += 1))));
    const journey = [asked('GET', '/'), asked('DELETE', '/cart')];
    const walker = walkerAt(address, journey, { allowWrites: false });
    await expect(walker.walk({ to: frontDoor, user: 0 })).rejects.toThrow('DELETE /cart may change something');
    expect(requests).toBe(0);
    await walker.walk({ to: frontDoor, only: [0], user: 0 });
    expect(requests).toBe(1);
  });

  it('leaves a request out whose value no reply gave, and goes on', async () => {
    const address = await serve((_, response) => response.end());
    const walker = walkerAt(address, [asked('GET', '/cart/{{cart}}'), asked('GET', '/')]);
    const { steps } = await walker.walk({ to: frontDoor, user: 0 });
    expect(steps.map(({ missing, reply }) => [missing, reply.status])).toEqual([
      ['cart', undefined],
      [undefined, 200],
    ]);
  });

  it('sends a request again with the same content, and requests in the order that it is told', async () => {
    const paths: (string | undefined)[] = [];
    const address = await serve((request, response) => response.end(String(paths.push(request.url))));
    const walker = walkerAt(address, [asked('GET', '/a?{{random}}'), asked('GET', '/b')]);
    const { steps } = await walker.walk({ to: frontDoor, only: [1, 0], times: 2, user: 0 });
    expect(paths.slice(0, 2)).toEqual(['/b', '/b']);
    expect(paths[2]).toMatch(/^\/a\?[0-9a-f]{16}$/);
    expect(paths[3]).toBe(paths[2]);
    expect(steps.map(({ index }) => index)).toEqual([1, 1, 0, 0]);
  });

  it('goes on as the client of another walk, which stays what it was', async () => {
    const address = await serve(counting());
    const walker = walkerAt(address, [asked('GET', '/'), asked('GET', '/out')]);
    const first = await walker.walk({ to: frontDoor, only: [0], user: 0 });
    const goneOn = async (only: number[]) =>
      (await walker.walk({ to: frontDoor, only, user: 0, as: first })).steps.at(-1)?.reply.body;
    expect([await goneOn([0]), await goneOn([0])]).toEqual(['2', '3']);
    expect(await goneOn([1, 0])).toBe('1');
    const { steps } = await walker.walk({ to: frontDoor, only: [0], user: 0 });
    expect(steps[0]?.reply.body).toBe('1');
  });

  it('holds cookies back', async () => {
    const address = await serve(counting());
    const walker = walkerAt(address, [asked('GET', '/'), asked('GET', '/')]);
    const { steps } = await walker.walk({ to: frontDoor, user: 0, withoutCookies: ['sid'] });
    expect(steps.map(({ reply, cookies }) => [reply.body, cookies])).toEqual([
      ['1', []],
      ['1', []],
    ]);
  });

  it('keeps to one connection for each client', async () => {
    const ports: (number | undefined)[] = [];
    const address = await serve((request, response) => response.end(String(ports.push(request.socket.remotePort))));
    const walker = walkerAt(address, [asked('GET', '/'), asked('GET', '/')]);
    const first = await walker.walk({ to: frontDoor, user: 0 });
    await walker.walk({ to: frontDoor, user: 0, as: first });
    await walker.walk({ to: frontDoor, user: 0 });
    expect(new Set(ports.slice(0, 4)).size).toBe(1);
    expect(new Set(ports).size).toBe(2);
  });

  it('keeps all walks together to the rate', async () => {
    const address = await serve((_, response) => response.end());
    const walker = walkerAt(address, [asked('GET', '/'), asked('GET', '/')], { ratePerSecond: 20 });
    const began = performance.now();
    await Promise.all([0, 1, 2].map((user) => walker.walk({ to: frontDoor, user })));
    // Six requests, 50 ms apart; a timer may be a moment early.
    expect(performance.now() - began).toBeGreaterThan(245);
  });

  it('sends nothing more once it is to stop', async () => {
    let requests = 0;
    const stop = new AbortController();
    const address = await serve((_, response) => {
      requests += 1;
      response.end(() => stop.abort());
    });
    const walker = walkerAt(address, [asked('GET', '/'), asked('GET', '/')], {
      ratePerSecond: 10,
      stopping: stop.signal,
    });
    await expect(walker.walk({ to: frontDoor, user: 0 })).rejects.toMatchObject({ name: 'AbortError' });
    expect(requests).toBe(1);
  });

  it('tells why no reply came', async () => {
    const silent = await serve(() => {});
    const rude = await serve((request) => request.socket.destroy());
    const closed = await serve(() => {});
    await new Promise((resolve) => servers.at(-1)?.close(resolve));
    const faultAt = async (address: string) => {
      const { steps } = await walkerAt(address, [asked('GET', '/')], { timeoutMs: 200 }).walk({
        to: frontDoor,
        user: 0,
      });
      return steps[0]?.reply.fault;
    };
    expect(await faultAt(silent)).toBe('timeout');
    expect(await faultAt(rude)).toMatch(/UND_ERR_SOCKET|ECONNRESET/);
    expect(await faultAt(closed)).toBe('ECONNREFUSED');
  });

  it('tells once of a cookie that a browser would not keep, and not its value', async () => {
    const said: string[] = [];
    const address = await serve((_, response) => {
      response.setHeader('set-cookie', ['sid=verysecret; Domain=shop.example', '__Host-a=verysecret; Path=/']).end();
    });
    const walker = walkerAt(address, [asked('GET', '/'), asked('GET', '/')], {
      say: (sentence) => said.push(sentence),
    });
    const { steps } = await walker.walk({ to: frontDoor, user: 0 });
    expect(steps[1]?.cookies).toEqual([]);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain(`The cookie sid is not kept, as a browser would not keep it from ${address}`);
    expect(said.join()).not.toContain('verysecret');
  });

  it('hands each reply over as it comes, and counts its bytes', async () => {
    const bodies: string[] = [];
    const address = await serve((_, response) => response.end('four'));
    const walker = walkerAt(address, [asked('POST', '/', { body: 'sixsix' })], {
      onReply: ({ reply }) => bodies.push(reply.body),
    });
    const { steps } = await walker.walk({ to: frontDoor, user: 0 });
    expect(bodies).toEqual(['four']);
    const { bytes, startedAt, endedAt } = steps[0]!.reply;
    expect(bytes).toMatchObject({ requestBody: 6, replyBody: 4 });
    expect(bytes.requestHeader).toBeGreaterThan(60);
    expect(endedAt).toBeGreaterThan(startedAt);
  });
});
