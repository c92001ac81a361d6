import { afterEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { pino } from 'pino';
import { createMetrics } from './metrics.js';
import { isRedisFault, isRedisRefusal } from './redis-errors.js';
import { connectRedis } from './redis.js';

const log = pino({ level: 'silent' });
let silent: Server | undefined;
let redis: Redis | undefined;

afterEach(() => {
  redis?.disconnect();
  silent?.close();
});

it('gives up a command within a second when the store accepts but never answers', async () => {
  const sockets: Socket[] = [];
  silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent!.listen(0, '127.0.0.1', resolve));
  redis = connectRedis({ url: `redis://127.0.0.1:${(silent.address() as AddressInfo).port}`, name: 'test', log });
  const error = await redis.get('key').catch((caught: unknown) => caught);
  expect(isRedisFault(error)).toBe(true);
  sockets.forEach((socket) => socket.destroy());
});

it('does not give up what the store has answered while this process stood still', async () => {
  redis = connectRedis({ url: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', name: 'test', log });
  await redis.ping();
  const answer = redis.ping();
  // What was written leaves in the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
  expect(await answer).toBe('PONG');
});

it('counts what it sends to the store, a script as one, and each command of a batch', async () => {
  const metrics = createMetrics();
  redis = connectRedis({ url: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', name: 'test', log, metrics });
  const sent = async (): Promise<number> => {
    const { values } = await metrics.registry.getSingleMetric('tellers_store_operations_total')!.get();
    return values[0]!.value;
  };
  await redis.ping();
  const before = await sent();
  await redis.eval("redis.call('PING') return redis.call('PING')", 0);
  await redis.pipeline().ping().ping().exec();
  expect((await sent()) - before).toBe(3);
  expect((await sent()) - before).toBe(3);
});

it('gives up a command when there is no store', async () => {
  redis = connectRedis({ url: 'redis://127.0.0.1:1', name: 'test', log });
  const error = await redis.get('key').catch((caught: unknown) => caught);
  expect(isRedisFault(error)).toBe(true);
});

it('does not take an error of the program for a fault of the store', () => {
  expect(isRedisFault(new Error('ERR wrong number of arguments'))).toBe(false);
});

const inScript = 'ERR Error running script (call to f_0a1b): @user_script:12: @user_script: 12: -';
it.each([
  ["OOM command not allowed when used memory > 'maxmemory'.", true],
  ["READONLY You can't write against a read only replica.", true],
  ['NOREPLICAS Not enough good replicas to write.', true],
  ['MISCONF Errors writing to the AOF file: No space left on device', true],
  ['NOAUTH Authentication required.', false],
  ["NOPERM User bank has no permissions to run the 'evalsha' command", false],
  ['LOADING Redis is loading the dataset in memory', false],
  ['UNBLOCKED force unblock from blocking operation', false],
  ['TRYAGAIN Multiple keys request during rehashing of slot', false],
  ['CLUSTERDOWN Hash slot not served', false],
  ['MOVED 3999 127.0.0.1:6381', false],
  ['DENIED Redis is running in protected mode', false],
  ['ERR max number of clients reached', false],
])(
  'takes %j for a fault of the store, alone and from within a script, and knows whether it did nothing',
  (said, nothing) => {
    for (const error of [new Error(said), new Error(inScript + said)]) {
      expect([isRedisFault(error), isRedisRefusal(error)]).toEqual([true, nothing]);
    }
  },
);

it('takes a transaction for refused by a fault of the store when one of its commands was', async () => {
  redis = connectRedis({ url: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', name: 'test', log });
  const wrong = redis.multi([['set', 'no-value']]);
  const discarded = (await wrong.exec().catch((caught: unknown) => caught)) as Error & { previousErrors: Error[] };
  expect(discarded.message).toMatch(/^EXECABORT/);
  expect(isRedisFault(discarded)).toBe(false);
  discarded.previousErrors[0]!.message = "OOM command not allowed when used memory > 'maxmemory'.";
  expect(isRedisFault(discarded)).toBe(true);
});

it('takes a transaction that was cut off for a fault of the store', async () => {
  redis = connectRedis({ url: 'redis://127.0.0.1:1', name: 'test', log });
  const cutOff = redis.multi([['set', 'key', 'value']]);
  expect(isRedisFault(await cutOff.exec().catch((caught: unknown) => caught))).toBe(true);
});

it.each(['a/b+c=@:%', '%41', 'ä b#?'])(
  'signs in with the password %j that is given apart from the URL',
  async (password) => {
    const url = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';
    const username = `test-${process.pid}`;
    const administrator = new Redis(url);
    await administrator.acl('SETUSER', username, 'reset', 'on', `>${password}`, '+@all', '~*');
    try {
      redis = connectRedis({ url: `${url}?connectionName=kept`, username, password, name: 'test', log });
      expect(await redis.acl('WHOAMI')).toBe(username);
      expect(redis.options.connectionName).toBe('kept');
    } finally {
      await administrator.acl('DELUSER', username);
      administrator.disconnect();
    }
  },
);
