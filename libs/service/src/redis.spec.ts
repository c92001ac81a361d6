import { afterEach, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { pino } from 'pino';
import { connectRedis, isRedisFault } from './redis.js';

const log = pino({ level: 'silent' });
let silent: Server | undefined;

afterEach(() => {
  silent?.close();
});

it('gives up a command within a second when the store accepts but never answers', async () => {
  const sockets: Socket[] = [];
  silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent!.listen(0, '127.0.0.1', resolve));
  const redis = connectRedis({ url: `redis://127.0.0.1:${(silent.address() as AddressInfo).port}`, name: 'test', log });
  const error = await redis.get('key').catch((caught: unknown) => caught);
  expect(isRedisFault(error)).toBe(true);
  redis.disconnect();
  sockets.forEach((socket) => socket.destroy());
});

it('gives up a command when there is no store', async () => {
  const redis = connectRedis({ url: 'redis://127.0.0.1:1', name: 'test', log });
  const error = await redis.get('key').catch((caught: unknown) => caught);
  expect(isRedisFault(error)).toBe(true);
  redis.disconnect();
});

it('does not take an error of the program for a fault of the store', () => {
  expect(isRedisFault(new Error('ERR wrong number of arguments'))).toBe(false);
});
