import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createPlainServer } from './plain-server.js';

const { server } = createPlainServer('things');
server.post('/things', ({ body }) => ({ body }));
server.get('/things/:id', ({ params, host }) => ({ ...(params as object), host }));
server.get('/.well-known', () => ({}));
let port: number;
beforeAll(async () => {
  await server.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = server.server.address() as AddressInfo);
});
afterAll(() => server.close());

/** Sends lines as they are, since no client would, and gives the reply. */
async function send(...lines: string[]): Promise<{ status: number; head: string; body: Record<string, unknown> }> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.end(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: JSON.parse(body) as Record<string, unknown> };
}

const host = 'host: a';

it.each(['QUERY', 'PROPFIND', 'PURGE', 'TRACE', 'OPTIONS', 'DELETE', 'FOO', 'post', 'VERSION-CONTROL'])(
  'answers the method %s with what the path has',
  async (method) => {
    const { status, head, body } = await send(`${method} /things HTTP/1.1`, host);
    expect(status).toBe(405);
    expect(head).toMatch(/\r\nallow: POST(\r\n|$)/);
    expect(head).toContain('application/problem+json');
    expect(body).toMatchObject({ type: 'urn:tellers:problem:method-not-allowed' });
  },
);

it.each([
  ['OPTIONS', '*'],
  ['CONNECT', 'a:443'],
])('answers %s %s, which is about no path, with what the service has', async (method, target) => {
  const { status, head } = await send(`${method} ${target} HTTP/1.1`, host);
  expect(status).toBe(405);
  expect(head).toMatch(/\r\nallow: POST, GET, HEAD(\r\n|$)/);
});

it.each<[string, number, string, ...string[]]>([
  ['an expectation that it does not know', 417, 'expectation-failed', 'GET /things/1 HTTP/1.1', host, 'expect: 200-ok'],
  ['no Host', 400, 'bad-request', 'GET /things/1 HTTP/1.1'],
  ['two Hosts', 400, 'bad-request', 'GET /things/1 HTTP/1.1', host, 'host: b'],
  ['a Host that is none', 400, 'bad-request', 'GET /things/1 HTTP/1.1', 'host: a/b'],
  ['a Host with a user', 400, 'bad-request', 'GET /things/1 HTTP/1.1', 'host: u@a'],
  ['a target with no host', 400, 'bad-request', 'GET http:///things/1 HTTP/1.1', host],
  ['a target with a user', 400, 'bad-request', 'GET http://u@a/things/1 HTTP/1.1', host],
  ['a target that is not in ASCII', 400, 'bad-request', 'GET /things/\xe9 HTTP/1.1', host],
  ['a path that is too long', 414, 'uri-too-long', `GET /things/${'x'.repeat(200)} HTTP/1.1`, host],
  ['too large a head', 431, 'header-too-large', 'GET /things/1 HTTP/1.1', host, `x: ${'x'.repeat(20_000)}`],
  ['another version', 400, 'bad-request', 'GET /things/1 HTTP/9.9', host],
  ['a slash at the end', 404, 'not-found', 'GET /things/1/ HTTP/1.1', host],
  ['nothing but a slash for an id', 404, 'not-found', 'GET /things/ HTTP/1.1', host],
  ['a name that a dot stands in for', 404, 'not-found', 'PUT /xwell-known HTTP/1.1', host],
])('refuses %s with a problem document', async (_what, status, code, ...lines) => {
  const reply = await send(...lines);
  expect(reply.head).toContain('application/problem+json');
  expect(reply).toMatchObject({ status, body: { type: `urn:tellers:problem:${code}`, status } });
});

it.each([
  ['an absolute target, whose host takes the place of Host', 'b:80', 'GET http://b:80/things/1?a HTTP/1.1', host],
  ['an absolute target in capitals', 'B', 'GET HTTP://B/things/1 HTTP/1.1', host],
  ['an IPv6 address', '[::1]:80', 'GET /things/1 HTTP/1.1', 'host: [::1]:80'],
  ['100-continue', 'a', 'GET /things/1 HTTP/1.0', host, 'expect: 100-Continue'],
  ['an expectation of HTTP/1.0, which has none', 'a', 'GET /things/1 HTTP/1.0', host, 'expect: 200-ok'],
])('takes %s', async (_what, named, ...lines) => {
  expect(await send(...lines)).toMatchObject({ status: 200, body: { id: '1', host: named } });
});

it('takes HTTP/1.0 without a Host', async () => {
  expect(await send('GET /things/1 HTTP/1.0')).toMatchObject({ status: 200, body: { id: '1' } });
});
