import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Connection } from './connection.js';
import { reachIngressAt } from './ingress-lookup.js';

let server: Server | undefined;
let connection: Connection | undefined;

async function connectedTo(listener: RequestListener, timeoutMs?: number, pathPrefix = ''): Promise<Connection> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  connection = new Connection(`http://127.0.0.1:${port}${pathPrefix}`, timeoutMs);
  return connection;
}

afterEach(async () => {
  await connection?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

const headerBytes = (request: IncomingMessage): number =>
  `${request.method} ${request.url} HTTP/1.1\r\n\r\n`.length +
  request.rawHeaders.reduce((sum, text) => sum + text.length, 0) +
  (request.rawHeaders.length / 2) * ': \r\n'.length;

describe('Connection', () => {
  it('counts the bytes that a request and its reply really took, headers apart from bodies', async () => {
    const seen: number[] = [];
    const bank = await connectedTo((request, response) => {
      seen.push(headerBytes(request));
      response.sendDate = false;
      response.writeHead(201, { 'content-length': '8', 'x-served-by': 'session-0/b1' }).end('{"a":10}');
    });
    const request = { operation: 'amount', method: 'PUT', path: '/session/x', body: { amountMinor: 5 } } as const;
    const first = await bank.send(request);
    const second = await bank.send({ ...request, bearer: 'abc' });
    expect([first.bytes.requestHeader, second.bytes.requestHeader]).toEqual(seen);
    expect(second.bytes.requestHeader - first.bytes.requestHeader).toBe('authorization: Bearer abc\r\n'.length);
    expect(first.bytes).toMatchObject({ requestBody: '{"amountMinor":5}'.length, replyBody: 8 });
    expect(first.bytes.replyHeader).toBe(second.bytes.replyHeader);
    expect(first.bytes.replyHeader).toBeGreaterThan(50);
    expect(first).toMatchObject({ status: 201, body: { a: 10 }, servedBy: { pod: 'session-0', bootId: 'b1' } });
  });

  it('reaches a host name that no DNS knows where it is told to, and asks by that name', async () => {
    const asked: (string | undefined)[] = [];
    await connectedTo((request, response) => {
      asked.push(request.headers.host);
      response.end('{}');
    });
    const { port } = server!.address() as AddressInfo;
    reachIngressAt('127.0.0.1');
    const bank = new Connection(`http://bank.invalid:${port}`);
    const { status } = await bank.send({ operation: 'look', method: 'GET', path: '/account' });
    await bank.close();
    reachIngressAt(undefined);
    expect([status, ...asked]).toEqual([200, `bank.invalid:${port}`]);
  });

  it('keeps one connection and brings cookies back', async () => {
    const ports = new Set<number | undefined>();
    const cookies: (string | undefined)[] = [];
    const bank = await connectedTo((request, response) => {
      ports.add(request.socket.remotePort);
      cookies.push(request.headers.cookie);
      response.writeHead(200, { 'set-cookie': ['a=1; Path=/', 'b=2; Path=/session'] }).end('{}');
    });
    for (const path of ['/session', '/session', '/account'])
      await bank.send({ operation: 'look', method: 'GET', path });
    expect(ports.size).toBe(1);
    expect(cookies).toEqual([undefined, 'a=1; b=2', 'a=1']);
  });

  it('asks under the path of the front door, and keeps the cookies that are for it', async () => {
    const seen: unknown[] = [];
    const door = (request: IncomingMessage, response: ServerResponse): void => {
      seen.push([request.url, request.headers.cookie]);
      response.writeHead(200, { 'set-cookie': ['a=1; Path=/bank', 'b=2; Path=/other'] }).end('{}');
    };
    const bank = await connectedTo(door, undefined, '/bank/');
    for (let sent = 0; sent < 2; sent += 1) await bank.send({ operation: 'look', method: 'GET', path: '/session' });
    expect(seen).toEqual([
      ['/bank/session', undefined],
      ['/bank/session', 'a=1'],
    ]);
  });

  it('calls a reset connection unknown, and works again afterwards', async () => {
    let times = 0;
    const bank = await connectedTo((request, response) => {
      if (times++ === 0) request.socket.destroy();
      else response.end('{}');
    });
    const request = { operation: 'look', method: 'GET', path: '/' } as const;
    expect((await bank.send(request)).outcome).toMatchObject({ kind: 'unknown' });
    expect((await bank.send(request)).outcome).toEqual({ kind: 'ok' });
  });

  it('calls an answer that does not come in time unknown', async () => {
    const bank = await connectedTo(() => undefined, 100);
    const { outcome } = await bank.send({ operation: 'look', method: 'GET', path: '/' });
    expect(outcome).toEqual({ kind: 'unknown', why: 'UND_ERR_HEADERS_TIMEOUT' });
  });
});
