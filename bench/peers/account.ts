import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { batchWrites } from '#libs/service';
import { headersOf } from './headers.js';

// The least that reads an account from the same hash in Redis over HTTP: no token, no routes, no errors. Its commands are
// written together as ours are, or it would be held back by what has nothing to do with the rest.
const redis = new Redis(process.env['REDIS_URL'] ?? '');
redis.on('connect', () => batchWrites(redis.stream));
const prefix = process.env['REDIS_KEY_PREFIX'] ?? '';

async function account(id: string): Promise<string> {
  const [, kind, currency, balance] = await redis.hmget(`${prefix}account:${id}`, 'o', 'k', 'c', 'b');
  return JSON.stringify({ id, kind, currency, balanceMinor: Number(balance) });
}

async function answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
  const body = await account(request.url!.slice(request.url!.lastIndexOf('/') + 1));
  reply.writeHead(200, headersOf(body)).end(body);
}

const server = createServer((request, reply) => void answer(request, reply));
server.keepAliveTimeout = 100_000;
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }));
});
