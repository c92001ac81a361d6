import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Agent, createServer, type IncomingMessage, request, type RequestListener, type Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { securityHeaders } from '#libs/http';
import { createPlainServer } from '#libs/service';
import { Gateway } from './gateway.js';
import type { Upstream } from './routes.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A small real server in a pod's place. */
async function pod(
  name: string,
  listener: RequestListener,
): Promise<{ upstream: Upstream; server: Server; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((incoming, response) => {
    seen.push(incoming);
    listener(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    upstream: { name, bootId: 'b1', port: (server.address() as AddressInfo).port, accepting: true },
    server,
    seen,
  };
}

const named = (name: string) => pod(name, (_, response) => void response.setHeader('X-Served-By', name).end(name));
const nowhere: Upstream = { name: 'gone-0', bootId: 'b1', port: 1, accepting: true };

async function gatewayTo(path: string, upstreams: Upstream[], affinityCookie?: string) {
  const gateway = new Gateway({ answerTimeoutMs: 300 });
  const route = (pods: Upstream[]) =>
    gateway.route([{ path, upstreams: pods, ...(affinityCookie === undefined ? {} : { affinityCookie }) }]);
  route(upstreams);
  const port = await gateway.listen(0);
  closing.push(() => gateway.close(100));
  return { port, route, url: `http://127.0.0.1:${port}` };
}

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';

describe('the gateway', () => {
  it('passes a request on with its body and who asked, and the reply back with each Set-Cookie', async () => {
    const echo = await pod('echo', (incoming, response) => {
      response.writeHead(201, 'Made', [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]);
      incoming.pipe(response);
    });
    const { url, port } = await gatewayTo('/account', [echo.upstream]);
    const reply = await fetch(`${url}/account/x?y=1`, { method: 'POST', body: 'money', headers: { 'X-Own': '1' } });
    expect([reply.status, reply.statusText, await reply.text()]).toEqual([201, 'Made', 'money']);
    expect(reply.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(echo.seen[0]?.url).toBe('/account/x?y=1');
    expect(echo.seen[0]?.headers).toMatchObject({
      host: `127.0.0.1:${port}`,
      'x-own': '1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': `127.0.0.1:${port}`,
      'x-forwarded-proto': 'http',
    });
  });

  it('brings every byte back as it was, whether or not the pod tells how many there are', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const reported = await pod('told', (_, response) => void response.setHeader('Content-Length', 256).end(bytes));
    const unreported = await pod('untold', (_, response) => void response.write(bytes, () => response.end()));
    const { url } = await gatewayTo('/account', [reported.upstream, unreported.upstream]);
    for (const length of ['256', null]) {
      const reply = await fetch(`${url}/account`);
      expect(reply.headers.get('content-length')).toBe(length);
      expect(Buffer.from(await reply.arrayBuffer())).toEqual(bytes);
    }
  });

  it('sends bytes on as they come, in both directions', async () => {
    const echo = await pod('echo', (incoming, response) => void incoming.pipe(response));
    const { port } = await gatewayTo('/account', [echo.upstream]);
    const outgoing = request({ port, method: 'POST', path: '/account' });
    outgoing.write('first');
    const reply = await new Promise<IncomingMessage>((resolve) => outgoing.on('response', resolve));
    const chunks = reply[Symbol.asyncIterator]();
    expect(String((await chunks.next()).value)).toBe('first');
    outgoing.end('second');
    expect(String((await chunks.next()).value)).toBe('second');
  });

  it('holds a fast pod back for a slow client', async () => {
    const size = 64 * 1024 * 1024;
    let written = 0;
    const big = await pod('big', (_, response) => {
      const chunk = Buffer.alloc(64 * 1024);
      const more = () => {
        while (written < size) {
          written += chunk.length;
          if (!response.write(chunk)) break;
        }
        if (written < size) response.once('drain', more);
        else response.end();
      };
      more();
    });
    const { port } = await gatewayTo('/account', [big.upstream]);
    const reply = await new Promise<IncomingMessage>((resolve) => request({ port, path: '/account' }, resolve).end());
    for (let before = -1; before !== written; await wait(300)) before = written;
    expect(written).toBeLessThan(size / 2);
    let received = 0;
    for await (const chunk of reply) received += (chunk as Buffer).length;
    expect(received).toBe(size);
  });

  it('lets the pod know when the client leaves', async () => {
    const left = jest.fn();
    const slow = await pod('slow', (_, response) => void response.on('close', left));
    const { port } = await gatewayTo('/account', [slow.upstream]);
    const outgoing = request({ port, path: '/account' }).on('error', () => {});
    outgoing.end();
    while (slow.seen.length === 0) await wait(5);
    outgoing.destroy();
    await wait(100);
    expect(left).toHaveBeenCalledTimes(1);
  });

  describe('when the answer comes before the body', () => {
    async function service() {
      const { server } = createPlainServer('account');
      server.post('/account', () => ({}));
      server.get('/account', () => ({ ok: true }));
      await server.listen({ host: '127.0.0.1', port: 0 });
      closing.push(async () => server.close());
      const { port } = server.server.address() as AddressInfo;
      return gatewayTo('/account', [{ name: 'account-0', bootId: 'b1', port, accepting: true }]);
    }
    const headers = { 'content-type': 'application/json' };

    it('answers the next request on the same connection', async () => {
      const { port } = await service();
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      closing.push(async () => agent.destroy());
      const ask = async (method: string, bytes: number) => {
        const outgoing = request({ port, method, path: '/account', agent, headers });
        const reply = await new Promise<IncomingMessage>((resolve, reject) => {
          outgoing.on('response', resolve).on('error', reject).end(Buffer.alloc(bytes, ' '));
        });
        for await (const _ of reply);
        return reply.statusCode;
      };
      for (let time = 0; time < 50; time += 1) {
        expect([await ask('POST', 200_000), await ask('GET', 0)]).toEqual([413, 200]);
      }
    });

    it('passes it on each time, promptly, however large the body', async () => {
      const { url } = await service();
      const post = async () =>
        (await fetch(`${url}/account`, { method: 'POST', headers, body: ' '.repeat(3_000_000) })).status;
      const beganAt = Date.now();
      for (let time = 0; time < 10; time += 1) {
        expect(await Promise.all([post(), post(), post(), post()])).toEqual([413, 413, 413, 413]);
      }
      expect(Date.now() - beganAt).toBeLessThan(10_000);
    });
  });

  it('gives a client an affinity cookie once, and takes it back to its pod', async () => {
    const pods = [await named('s0'), await named('s1')];
    const { url } = await gatewayTo(
      '/session',
      pods.map((one) => one.upstream),
      'tellers-affinity-sticky',
    );
    const first = await fetch(`${url}/session`);
    expect(first.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^tellers-affinity-sticky=[\w-]+; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const mine = await first.text();
    for (let round = 0; round < 3; round += 1) {
      const again = await fetch(`${url}/session`, { headers: { cookie: cookieOf(first) } });
      expect([await again.text(), again.headers.getSetCookie()]).toEqual([mine, []]);
    }
  });

  it('keeps a stopping pod for its own clients only, and moves them when it has gone', async () => {
    const pods = [await named('s0'), await named('s1')];
    const [s0, s1] = pods.map((one) => one.upstream) as [Upstream, Upstream];
    const { url, route } = await gatewayTo('/session', [s0, s1], 'tellers-affinity-sticky');
    const cookie = cookieOf(await fetch(`${url}/session`));
    route([{ ...s0, accepting: false }, s1]);
    const ask = async (headers: Record<string, string>) => (await fetch(`${url}/session`, { headers })).text();
    expect([await ask({ cookie }), await ask({}), await ask({ cookie }), await ask({})]).toEqual([
      's0',
      's1',
      's0',
      's1',
    ]);
    route([s1]);
    const moved = await fetch(`${url}/session`, { headers: { cookie } });
    expect([await moved.text(), cookieOf(moved) === cookie, cookieOf(moved) === '']).toEqual(['s1', false, false]);
  });

  it('lets a stopping pod finish what it is at', async () => {
    const slow = await pod('slow', (_, response) => void setTimeout(() => response.end('done'), 150));
    const { url, route } = await gatewayTo('/account', [slow.upstream]);
    const reply = fetch(`${url}/account`);
    while (slow.seen.length === 0) await wait(5);
    route([{ ...slow.upstream, accepting: false }]);
    expect(await (await reply).text()).toBe('done');
  });

  it('asks another pod, whatever the method, when the first refuses the connection', async () => {
    const alive = await pod('alive', (incoming, response) => void incoming.pipe(response));
    const { url } = await gatewayTo('/account', [nowhere, alive.upstream]);
    for (let turn = 0; turn < 2; turn += 1) {
      const reply = await fetch(`${url}/account`, { method: 'POST', body: 'once' });
      expect([reply.status, await reply.text()]).toEqual([200, 'once']);
    }
    expect(alive.seen).toHaveLength(2);
  });

  describe('when a pod breaks off before it answers', () => {
    const breaking = () => pod('breaking', (incoming) => incoming.socket.destroy());

    it.each(['GET', 'DELETE'])('asks another pod once for a %s', async (method) => {
      const pods = [await breaking(), await named('alive')];
      const { url } = await gatewayTo(
        '/account',
        pods.map((one) => one.upstream),
      );
      expect(await (await fetch(`${url}/account`, { method })).text()).toBe('alive');
      expect(pods[0]?.seen).toHaveLength(1);
    });

    it('never sends a POST twice', async () => {
      const pods = [await breaking(), await named('alive')];
      const { url } = await gatewayTo(
        '/account',
        pods.map((one) => one.upstream),
      );
      const reply = await fetch(`${url}/account`, { method: 'POST', body: 'x'.repeat(200_000) });
      expect(reply.status).toBe(502);
      expect(pods[1]?.seen).toHaveLength(0);
      const bare = [await breaking(), await named('alive')];
      const other = await gatewayTo(
        '/account',
        bare.map((one) => one.upstream),
      );
      expect((await fetch(`${other.url}/account`, { method: 'POST' })).status).toBe(502);
      expect(bare[1]?.seen).toHaveLength(0);
    });

    it('answers 502 also to a client that is still sending, whose connection stays usable', async () => {
      const { port } = await gatewayTo('/account', [(await breaking()).upstream]);
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      closing.push(async () => agent.destroy());
      const ask = async (method: string, path: string, later: Buffer) => {
        const outgoing = request({ port, method, path, agent });
        outgoing.write('the first half');
        const reply = await new Promise<IncomingMessage>((resolve, reject) => {
          outgoing.on('response', resolve).on('error', reject);
        });
        outgoing.end(later);
        for await (const _ of reply);
        return reply.statusCode;
      };
      expect(await ask('POST', '/account', Buffer.alloc(1_000_000))).toBe(502);
      expect(await ask('POST', '/nothing', Buffer.alloc(1))).toBe(404);
    });

    it('gives up after the second', async () => {
      const pods = [await breaking(), await breaking(), await named('alive')];
      const { url } = await gatewayTo(
        '/account',
        pods.map((one) => one.upstream),
      );
      expect((await fetch(`${url}/account`)).status).toBe(502);
    });

    it('does not take a pinned client elsewhere', async () => {
      const pods = [await breaking(), await named('alive')];
      const { url } = await gatewayTo(
        '/session',
        pods.map((one) => one.upstream),
        'tellers-affinity-sticky',
      );
      expect((await fetch(`${url}/session`)).status).toBe(502);
    });
  });

  it('cuts the client off when a pod breaks off inside its reply', async () => {
    const half = await pod('half', (incoming, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('12345', () => setTimeout(() => incoming.socket.destroy(), 20));
    });
    const { url } = await gatewayTo('/account', [half.upstream]);
    await expect(fetch(`${url}/account`).then((reply) => reply.text())).rejects.toThrow('terminated');
  });

  it('asks for the requests of one connection in turn, and for no more of them once it has gone', async () => {
    let [now, max] = [0, 0];
    const counting = await pod('counting', (incoming, response) => {
      max = Math.max(max, (now += 1));
      setTimeout(() => {
        now -= 1;
        response.end(`<${incoming.url}>`);
      }, 5);
    });
    const { port } = await gatewayTo('/account', [counting.upstream]);
    const paths = Array.from({ length: 20 }, (_, index) => `/account/${index}`);
    const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join('');
    const socket = connect(port, '127.0.0.1');
    socket.write(requests);
    let replies = '';
    for await (const chunk of socket) {
      replies += String(chunk);
      if (replies.includes('</account/19>')) break;
    }
    expect(replies.match(/(?<=<)[^>]+/g)).toEqual(paths);
    expect(max).toBe(1);

    const gone = connect(port, '127.0.0.1');
    gone.write(requests);
    while (counting.seen.length === 20) await wait(1);
    gone.destroy();
    await wait(50);
    expect(counting.seen.length).toBeLessThan(25);
  });

  it.each([
    ['bad-gateway', 502, '/account/x', [nowhere]],
    ['no-ready-pod', 503, '/account/x', []],
    ['no-route', 404, '/nothing', []],
  ])('says %s as a problem document', async (code, status, path, upstreams) => {
    const { url } = await gatewayTo('/account', upstreams);
    const reply = await fetch(`${url}${path}?secret=1`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(await reply.json()).toMatchObject({ type: `urn:tellers:problem:${code}`, status, instance: path });
    expect(Object.fromEntries(reply.headers)).toMatchObject(securityHeaders);
  });

  it('says gateway-timeout when a pod takes too long, and does not ask another', async () => {
    const pods = [await pod('mute', () => {}), await named('alive')];
    const { url } = await gatewayTo(
      '/account',
      pods.map((one) => one.upstream),
    );
    const reply = await fetch(`${url}/account`);
    expect([reply.status, await reply.json()]).toEqual([
      504,
      expect.objectContaining({ type: 'urn:tellers:problem:gateway-timeout' }),
    ]);
    expect(pods[1]?.seen).toHaveLength(0);
  });

  it.each([
    ['GET / HTTP/1.1\r\nHost: a\r\nX-Big: ' + 'x'.repeat(17_000) + '\r\n\r\n', 431],
    ['nonsense\r\n\r\n', 400],
    ['GET /account HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['GET /nothing HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['GET /account HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ])('answers what is no request with a problem document (%#)', async (bytes, status) => {
    const { port } = await gatewayTo('/account', []);
    const socket = connect(port, '127.0.0.1');
    socket.write(bytes);
    let reply = '';
    for await (const chunk of socket) reply += String(chunk);
    expect(reply).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*application/problem\\+json[^]*"status":${status}`));
    for (const header of Object.entries(securityHeaders)) expect(reply).toContain(header.join(': '));
  });
});
