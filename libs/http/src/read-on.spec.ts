import { afterEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { readOn } from './read-on.js';
import { refuseUnreadable } from './refuse-unreadable.js';

const bounds = { maxBytes: 100_000, maxMs: 300 };
const chunk = Buffer.alloc(50_000, 'x');
let server: Server;
afterEach(() => {
  server.close().closeAllConnections();
});

/** A client of a server that answers before it reads, and what of the client's the server has read. */
async function client(listener: RequestListener): Promise<{ socket: Socket; read: () => number }> {
  server = createServer((request, response) => {
    readOn(request, response, bounds);
    listener(request, response);
  });
  server.on('clientError', (_error, broken) => {
    refuseUnreadable(broken as Socket, { status: 400, headers: {}, body: 'unreadable' }, bounds);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
  const [accepted] = (await once(server, 'connection')) as [Socket];
  return { socket, read: () => accepted.bytesRead };
}

const answers: RequestListener = (_, response) => void response.end('no');
const answersAndCloses: RequestListener = (_, response) => void response.setHeader('connection', 'close').end('no');
const half = (length: number) => `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${length}\r\n\r\nhalf`;

it.each([
  ['keeps the connection', answers],
  ['closes it', answersAndCloses],
])(
  'cuts a client that never stops sending, and reads no more than the bound: an answer that %s',
  async (_what, listener) => {
    const { socket, read } = await client(listener);
    let reply = '';
    socket.on('data', (bytes) => (reply += String(bytes)));
    const beganAt = Date.now();
    socket.write(half(1e12));
    const sending = setInterval(() => socket.write(chunk), 1);
    await new Promise((resolve) => socket.on('close', resolve));
    clearInterval(sending);
    expect(reply).toMatch(/^HTTP\/1.1 200 [^]*no$/);
    expect(read()).toBeLessThan(400_000);
    expect(Date.now() - beganAt).toBeGreaterThan(250);
    expect(Date.now() - beganAt).toBeLessThan(2_000);
  },
);

it('answers the next request on a connection whose last body came in after its answer', async () => {
  const { socket } = await client(answers);
  socket.write(half(8));
  await once(socket, 'data');
  await wait(bounds.maxMs / 2);
  socket.write('more' + half(4));
  await once(socket, 'data');
  await wait(bounds.maxMs);
  expect(socket.destroyed).toBe(false);
});

it('answers a request once, also when the rest of it cannot be read', async () => {
  const { socket } = await client(answers);
  const reply = text(socket);
  socket.write('POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n');
  await wait(50);
  socket.write('no length\r\n');
  expect((await reply).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200']);
});

it('leaves a request alone that came in before its answer', async () => {
  const { socket } = await client((request, response) => void request.pipe(response));
  socket.write(half(4));
  await once(socket, 'data');
  await wait(bounds.maxMs * 1.5);
  expect(socket.destroyed).toBe(false);
});
