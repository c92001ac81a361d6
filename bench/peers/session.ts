import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { headersOf } from './headers.js';

// The least that remembers clients: a Map by the whole cookie, and the session as JSON.
const sessions = new Map<string, object>();

const server = createServer((request, reply) => {
  const cookie = request.headers.cookie ?? '';
  let session = sessions.get(cookie);
  if (session === undefined) {
    const createdAt = new Date().toISOString();
    session = { customerId: 'customer-1', name: 'Ada', createdAt, expiresAt: createdAt, idleTimeoutMs: 900_000 };
    sessions.set(cookie, session);
  }
  const body = JSON.stringify(session);
  reply.writeHead(200, headersOf(body)).end(body);
});
server.keepAliveTimeout = 100_000;
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }));
});
