import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createPlainServer } from './plain-server.js';

const { server } = createPlainServer('things');
server.post('/things', () => ({ made: true }));
const made: unknown[] = [];
server.post('/made', ({ body }) => made.push(body));
let port: number;
beforeAll(async () => {
  await server.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = server.server.address() as AddressInfo);
});
afterAll(() => server.close());

/** Sends everything before it reads anything, as a simple client does, and as a proxy may. */
async function sendsAllThenReads(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').pause();
  await once(socket, 'connect');
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject).write(bytes, (error) => (error ? reject(error) : resolve()));
  });
  return text(socket);
}

const head = (path: string, ...headers: string[]) =>
  `POST ${path} HTTP/1.1\r\nhost: a\r\n${headers.join('\r\n')}\r\n\r\n`;
const json = 'content-type: application/json';
const bye = 'connection: close';
const body = 'x'.repeat(12_000_000);
const length = `content-length: ${body.length}`;
const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

it.each([
  ['413', 'a body whose length is too large', head('/things', json, length) + body],
  ['413', 'a body that grows too large', head('/things', json, 'transfer-encoding: chunked') + chunked],
  ['413', 'one from a proxy that keeps no connection', head('/things', json, bye, length) + body],
  ['404', 'a path that is not there', head('/nothing', bye, length) + body],
  ['415', 'another content type', head('/things', 'content-type: text/plain', bye, length) + body],
  ['400', 'a path that cannot be decoded', head('/%ff', bye, length) + body],
  ['431', 'too large a head', `GET / HTTP/1.1\r\nhost: a\r\nx: ${body}\r\n\r\n`],
  ['400', 'what is no HTTP', `nonsense\r\n\r\n${body}`],
])('lets its %s be heard by who sends all before it reads: %s', async (status, _what, bytes) => {
  for (let time = 0; time < 10; time += 1) {
    expect(await sendsAllThenReads(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*"status":${status}`));
  }
});

it('does nothing for a request behind one that it called the last', async () => {
  const behind = `${head('/made', json, 'content-length: 1')}1`;
  expect(await sendsAllThenReads(head('/things', json, length) + body + behind)).toMatch(/^HTTP\/1.1 413 /);
  expect(made).toEqual([]);
});
