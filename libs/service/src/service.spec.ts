import { Body, Controller, Delete, Get, Module, Post, Query } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { z } from 'zod';
import { securityHeaders } from '#libs/http';
import { CodedError } from './coded-error.js';
import { readEnvironment, serviceEnvironment, type ServiceEnvironment } from './environment.js';
import { createService, type Service } from './service.js';

const bodySchema = z.object({ amountMinor: z.int().positive() });

@Controller('things')
class ThingsController {
  @Get('boom')
  boom(): never {
    throw new Error('secret cause');
  }

  @Get('coded')
  coded(): never {
    throw new CodedError('thing-missing', 'There is no such thing.', { thing: 7 });
  }

  @Get('slow')
  slow(@Query('ms') ms: string): Promise<string> {
    return new Promise((resolve) => setTimeout(() => resolve('done'), Number(ms)));
  }

  @Delete('none')
  none(): object {
    return {};
  }

  @Post()
  create(@Body({ schema: bodySchema }) body: { amountMinor: number }): object {
    return body;
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

const environment = readEnvironment(serviceEnvironment, {
  PORT: '0',
  ADMIN_PORT: '0',
  POD_NAME: 'things-0',
  LOG_LEVEL: 'silent',
  REDIS_URL: process.env.REDIS_URL,
  DRAIN_QUIET_MS: '50',
  DRAIN_DEADLINE_MS: '2000',
});

function createThings(own: Partial<ServiceEnvironment> = {}): Promise<Service> {
  return createService({
    name: 'things',
    prefix: '/things-api',
    module: ThingsModule,
    environment: { ...environment, ...own },
    problems: { 'thing-missing': { status: 404, title: 'No such thing' } },
    openApi: { openapi: '3.1.0' },
    hotRoutes: (server) => {
      server.get('/things-api/hot', () => ({ hot: true }));
      server.get('/things-api/hot-error', () => {
        throw new CodedError('thing-missing', 'gone');
      });
    },
  });
}

/** Listens, and waits until the service is ready as the platform would. */
async function listen(service: Service): Promise<{ port: number; adminPort: number }> {
  const ports = await service.listen();
  while ((await fetch(`http://127.0.0.1:${ports.adminPort}/readyz`)).status !== 200) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return ports;
}

describe('a service', () => {
  let service: Service;
  let port: number;
  let adminPort: number;

  beforeAll(async () => {
    service = await createThings();
    ({ port, adminPort } = await listen(service));
  });
  afterAll(() => service.close());

  const call = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  const post = (body: string | Uint8Array, type = 'application/json') =>
    call('/things-api/things', { method: 'POST', body, headers: { 'content-type': type } });

  it('says in each reply which pod and boot served it, and a request id', async () => {
    for (const path of ['/things-api/hot', '/things-api/things/slow?ms=0', '/nowhere']) {
      const { headers } = await call(path);
      expect(headers.get('x-served-by')).toBe(service.pod.servedBy);
      expect(headers.get('x-request-id')).toMatch(/^[\w.-]+$/);
    }
    const own = await call('/things-api/hot', { headers: { 'x-request-id': 'mine-1' } });
    expect(own.headers.get('x-request-id')).toBe('mine-1');
  });

  it('logs each request by its route, and none where that is switched off', async () => {
    const logged = jest.spyOn(service.log, 'info');
    const reply = await call('/things-api/things/slow?ms=1&token=secret');
    await call('/nowhere/secret');
    expect(logged.mock.calls).toEqual([
      [
        {
          requestId: reply.headers.get('x-request-id'),
          method: 'GET',
          route: '/things-api/things/slow',
          status: 200,
          ms: expect.any(Number),
        },
        'request',
      ],
      [{ requestId: expect.any(String), method: 'GET', route: 'none', status: 404, ms: expect.any(Number) }, 'request'],
    ]);
    logged.mockRestore();

    const silent = await createThings({ ACCESS_LOG: false });
    const nothing = jest.spyOn(silent.log, 'info');
    expect((await silent.app.inject('/things-api/hot')).statusCode).toBe(200);
    expect(nothing).not.toHaveBeenCalled();
    await silent.close();
  });

  it.each([
    ['an unknown path', () => call('/nowhere'), 404, 'not-found'],
    ['a wrong method', () => call('/things-api/things', { method: 'DELETE' }), 405, 'method-not-allowed'],
    ['a wrong method on a hot route', () => call('/things-api/hot', { method: 'POST' }), 405, 'method-not-allowed'],
    ['malformed JSON', () => post('{'), 400, 'malformed-json'],
    ['a body that reaches for a prototype', () => post('{"__proto__":{}}'), 400, 'malformed-json'],
    ['an empty JSON body where one is needed', () => post(''), 400, 'body-missing'],
    ['no body where one is needed', () => call('/things-api/things', { method: 'POST' }), 400, 'body-missing'],
    ['a slash at the end', () => call('/things-api/hot/'), 404, 'not-found'],
    ['a slash at the end of a path of Nest', () => call('/things-api/things/coded/'), 404, 'not-found'],
    ['a query that cannot be decoded', () => call('/things-api/hot?a=%ED%A0%80'), 400, 'bad-request'],
    ['a body that is no UTF-8', () => post(new Uint8Array([0x22, 0xff, 0x22])), 400, 'malformed-json'],
    ['half a character in a text', () => post('{"amountMinor":"\\ud83d"}'), 422, 'invalid-request'],
    ['half a character in a name', () => post('{"\\uDE00":1}'), 422, 'invalid-request'],
    [
      'half a character far inside',
      () => post(`${'['.repeat(8_000)}"\\ud800"${']'.repeat(8_000)}`),
      422,
      'invalid-request',
    ],
    ['another content type', () => post('a=1', 'application/x-www-form-urlencoded'), 415, 'unsupported-media-type'],
    ['text', () => post('hello', 'text/plain'), 415, 'unsupported-media-type'],
    ['an oversized body', () => post(JSON.stringify({ a: 'x'.repeat(17_000) })), 413, 'body-too-large'],
    ['a value that does not fit', () => post('{"amountMinor":"1"}'), 422, 'invalid-request'],
    ['a domain error', () => call('/things-api/things/coded'), 404, 'thing-missing'],
    ['a domain error on a hot route', () => call('/things-api/hot-error'), 404, 'thing-missing'],
    ['a path that cannot be decoded', () => call('/things-api/things/%ff'), 400, 'bad-request'],
    ['an unforeseen error', () => call('/things-api/things/boom'), 500, 'internal-error'],
  ])('answers %s with a problem document', async (_what, send, status, code) => {
    const reply = await send();
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(await reply.json()).toMatchObject({ type: `urn:tellers:problem:${code}`, status });
  });

  it('takes a JSON body that is empty where none is needed', async () => {
    const reply = await call('/things-api/things/none', {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
    });
    expect(reply.status).toBe(200);
  });

  it('takes a whole character that is written as two escapes', async () => {
    expect((await post('{"amountMinor":1,"emoji":"\\ud83d\\ude00"}')).status).toBe(201);
  });

  it('names the field that does not fit', async () => {
    const reply = await post('{"amountMinor":-1}');
    expect(await reply.json()).toMatchObject({ errors: [{ field: 'amountMinor' }] });
  });

  it('allows the methods that a path has', async () => {
    const reply = await call('/things-api/hot', { method: 'POST' });
    expect(reply.headers.get('allow')).toBe('GET, HEAD');
  });

  it('never shows the cause of a 5xx', async () => {
    const reply = await call('/things-api/things/boom');
    expect(await reply.text()).not.toContain('secret');
  });

  it('refuses a change from another origin and lets a client without an origin pass', async () => {
    const cross = await call('/things-api/things', {
      method: 'POST',
      body: '{"amountMinor":1}',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    });
    expect(cross.status).toBe(403);
    expect(await cross.json()).toMatchObject({ type: 'urn:tellers:problem:cross-origin-refused' });
    expect((await post('{"amountMinor":1}')).status).toBe(201);
  });

  it('answers an oversized header with 431 and bytes that are no HTTP with 400', async () => {
    const raw = (text: string) => answerTo(port, text);
    expect(await raw(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 [^]*problem\+json/,
    );
    expect(await raw('hello\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [^]*problem\+json/);
  });

  it.each([
    ['a reply', () => call('/things-api/hot')],
    ['a reply of Nest', () => post('{"amountMinor":1}')],
    ['the OpenAPI document', () => call('/things-api/openapi.json')],
    ['an unknown path', () => call('/nowhere')],
    ['a refused body', () => post('{')],
    ['a path that cannot be decoded', () => call('/things-api/things/%ff')],
    ['an unforeseen error', () => call('/things-api/things/boom')],
    ['a probe', () => fetch(`http://127.0.0.1:${adminPort}/livez`)],
    ['an unknown path of the second port', () => fetch(`http://127.0.0.1:${adminPort}/nowhere`)],
    ['a path of the second port that cannot be decoded', () => fetch(`http://127.0.0.1:${adminPort}/%ff`)],
  ])('says the security headers in %s', async (_what, send) => {
    const { headers } = await send();
    expect(Object.fromEntries(headers)).toMatchObject(securityHeaders);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['an oversized header', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['two hosts', 'GET /livez HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n'],
    [
      'two lengths',
      'POST /livez HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['an invalid host', 'GET /livez HTTP/1.1\r\nhost: a b\r\n\r\n'],
    ['no host', 'GET /livez HTTP/1.1\r\nconnection: close\r\n\r\n'],
  ])('answers %s at both ports with a problem document and the security headers', async (_what, text) => {
    for (const one of [port, adminPort]) {
      const reply = await answerTo(one, text);
      expect(reply).toMatch(/^HTTP\/1.1 4(00|31) [^]*content-type: application\/problem\+json/);
      for (const [name, value] of Object.entries(securityHeaders)) expect(reply).toContain(`\r\n${name}: ${value}\r\n`);
    }
  });

  it('serves its OpenAPI document, and probes and metrics on the second port only', async () => {
    expect(await (await call('/things-api/openapi.json')).json()).toEqual({ openapi: '3.1.0' });
    for (const path of ['/livez', '/readyz', '/metrics']) {
      const reply = await fetch(`http://127.0.0.1:${adminPort}${path}`);
      expect(reply.status).toBe(200);
      expect(reply.headers.get('x-served-by')).toBe(service.pod.servedBy);
      expect((await call(path)).status).toBe(404);
    }
    const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
    expect(metrics).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/things-api\/hot",status="200"\} \d+/,
    );
    expect(metrics).toContain('nodejs_eventloop_lag_p99_seconds');
  });
});

/** All that a connection gets for these bytes, until it has been silent for a moment. */
async function answerTo(port: number, text: string): Promise<string> {
  const socket = await connectionWith(port, text);
  let reply = '';
  socket.on('data', (bytes) => (reply += bytes.toString()));
  while (!reply.includes('\r\n\r\n')) await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  return reply;
}

it('drains: a request in flight completes, the pod stays ready, and it says that the connection closes', async () => {
  const service = await createThings();
  const { port, adminPort } = await listen(service);
  const inFlight = fetch(`http://127.0.0.1:${port}/things-api/things/slow?ms=300`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const drained = service.drain.begin();
  const during = await fetch(`http://127.0.0.1:${port}/things-api/hot`);
  expect(during.headers.get('connection')).toBe('close');
  expect((await fetch(`http://127.0.0.1:${adminPort}/readyz`)).status).toBe(200);
  expect(await (await inFlight).text()).toBe('done');
  await drained;
  await service.close();
  await expect(fetch(`http://127.0.0.1:${port}/things-api/hot`)).rejects.toThrow();
});

it('leaves when its deadline comes while it is busy: not ready any more, and still serving until it is gone', async () => {
  const service = await createThings({ DRAIN_DEADLINE_MS: 0, DRAIN_LEAVE_MS: 400 });
  const { port, adminPort } = await listen(service);
  service.drain.add({ begin: () => Promise.resolve(), idle: () => false });
  const drained = service.drain.begin();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await fetch(`http://127.0.0.1:${adminPort}/readyz`)).status).toBe(503);
  expect((await fetch(`http://127.0.0.1:${port}/things-api/hot`)).status).toBe(200);
  await drained;
  await service.close();
});

/** A connection that has sent so much of a request. */
async function connectionWith(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  socket.write(text);
  await new Promise((resolve) => setTimeout(resolve, 100));
  return socket;
}

const halfUpload =
  'POST /things-api/things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{';

it.each([
  ['one that sends nothing', ''],
  ['half a head', 'GET /things-api/hot HTTP/1.1\r\nhost: a\r\n'],
  ['half a body', halfUpload],
])('closes in time whatever a client holds open: %s', async (_what, text) => {
  const service = await createThings({ DRAIN_DEADLINE_MS: 0, DRAIN_LEAVE_MS: 0 });
  const { port } = await listen(service);
  const socket = await connectionWith(port, text);
  const closed = once(socket, 'close');
  await service.drain.begin();
  await service.close();
  expect(await closed).toBeDefined();
});

it('counts a client that left in the middle of its upload as gone, and its request', async () => {
  const service = await createThings({ DRAIN_DEADLINE_MS: 600_000 });
  const { port, adminPort } = await listen(service);
  (await connectionWith(port, halfUpload)).destroy();
  await service.drain.begin();
  const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  expect(metrics).toMatch(/seconds_count\{method="POST",route="\/things-api\/things",status="499"\} 1/);
  await service.close();
});

describe('a service behind a path prefix', () => {
  let service: Service;
  let port: number;

  beforeAll(async () => {
    service = await createThings({ PATH_PREFIX: '/bank' });
    ({ port } = await listen(service));
  });
  afterAll(() => service.close());

  const call = async (path: string) => {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };

  it('answers under it, and without it the pods that call it by its Service', async () => {
    for (const prefix of ['/bank', '']) {
      expect(await call(`${prefix}/things-api/hot?a=1`)).toEqual({ status: 200, body: { hot: true } });
      expect((await call(`${prefix}/things-api/things/coded`)).status).toBe(404);
    }
    for (const path of ['/bank', '/bankers/things-api/hot', '/bank/bank/things-api/hot']) {
      expect((await call(path)).status).toBe(404);
    }
  });

  it('names the path that the client asked for in a problem, and the prefix in its OpenAPI document', async () => {
    expect((await call('/bank/things-api/hot-error?a=1')).body).toMatchObject({
      instance: '/bank/things-api/hot-error',
    });
    expect((await call('/bank/things-api/openapi.json')).body).toEqual({
      openapi: '3.1.0',
      servers: [{ url: '/bank' }],
    });
  });
});

describe('a service behind a front door that speaks TLS', () => {
  let service: Service;
  let port: number;

  beforeAll(async () => {
    service = await createThings({ HSTS_SECONDS: 300, PATH_PREFIX: '/bank' });
    ({ port } = await listen(service));
  });
  afterAll(() => service.close());

  const from = (scheme: string | undefined, method = 'GET') =>
    fetch(`http://127.0.0.1:${port}/bank/things-api/hot?a=1`, {
      method,
      redirect: 'manual',
      headers: { ...(scheme && { 'x-forwarded-proto': scheme }) },
    });

  it('sends who comes by plain HTTP there, whatever the method', async () => {
    for (const method of ['GET', 'POST']) {
      const reply = await from('http', method);
      expect([reply.status, reply.headers.get('location')]).toEqual([308, 'https://127.0.0.1/bank/things-api/hot?a=1']);
      expect(reply.headers.has('strict-transport-security')).toBe(false);
    }
  });

  it('tells browsers to keep to TLS', async () => {
    expect((await from('https')).headers.get('strict-transport-security')).toBe('max-age=300');
  });

  it('answers another pod, which comes past the front door, as ever', async () => {
    const reply = await from(undefined);
    expect([reply.status, reply.headers.has('strict-transport-security')]).toEqual([200, false]);
  });
});

it.each([
  [
    'a port that is taken',
    (taken: number) => ({ PORT: taken }),
    /PORT: cannot listen on \d+ of 127\.0\.0\.1: .*EADDRINUSE/,
  ],
  ['a second port that is taken', (taken: number) => ({ ADMIN_PORT: taken }), /ADMIN_PORT: .*EADDRINUSE/],
  ['a host that is none', () => ({ HOST: 'nowhere.invalid' }), /HOST: .*(ENOTFOUND|EAI_AGAIN)/],
  ['an address that is not ours', () => ({ HOST: '203.0.113.1' }), /HOST: .*EADDRNOTAVAIL/],
])('names the setting that has it listen at %s', async (_what, settings, reported) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const service = await createThings(settings((other.address() as AddressInfo).port));
  await expect(service.listen()).rejects.toThrow(reported);
  await service.close();
  other.close();
});

it.each(['bank', '/bank/', '/', '/a?b'])('refuses the path prefix %j', (PATH_PREFIX) => {
  const { REDIS_URL } = environment;
  expect(() => readEnvironment(serviceEnvironment, { REDIS_URL, PATH_PREFIX })).toThrow(/a path such as \/bank/);
});
