import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { documentedRights, eventually, hasRedisServer, RedisServer } from '#libs/testing';
import { StoreReadiness } from './lifecycle/store-readiness.js';
import { unmetNeed } from './redis-needs.js';
import { connectRedis } from './redis.js';

(hasRedisServer ? describe : describe.skip)(
  'a store that can be used (skipped where no Redis server is on the PATH)',
  () => {
    let server: RedisServer;
    beforeAll(async () => void (server = await RedisServer.start()));
    afterAll(() => server.stop());

    async function unmet(...changes: string[]): Promise<string | undefined> {
      await server.admin.acl('SETUSER', 'bank', 'reset', 'on', '>pw', ...documentedRights, ...changes);
      const redis = connectRedis({ url: server.url('bank'), name: 'test', log: pino({ level: 'silent' }) });
      try {
        return await unmetNeed(redis, 'tellers:');
      } finally {
        redis.disconnect();
      }
    }

    it('is one whose user has the rights that are documented', async () => {
      expect(await unmet()).toBeUndefined();
    });

    it.each(documentedRights.filter((rule) => rule.startsWith('+')))('is none without the right %s', async (rule) => {
      const [command = ''] = rule.slice(1).split('|');
      expect(await unmet(`-${command}`)).toMatch(
        new RegExp(`may not.* ${command.toUpperCase()}\\b.* on tellers:.*NOPERM`),
      );
    });

    it('is none whose user reaches other keys or channels alone', async () => {
      expect(await unmet('resetkeys', '~other:*')).toMatch(/may not .*GET.*: NOPERM/);
      expect(await unmet('resetchannels')).toMatch(/^its user may not SUBSCRIBE on tellers:rights: NOPERM/);
    });

    it('is waited for with one sentence that names the right, until its user has it', async () => {
      await server.admin.acl('SETUSER', 'bank', 'reset', 'on', '>pw', ...documentedRights, 'resetchannels');
      let written = '';
      const log = pino({}, { write: (line: string) => (written += line) });
      const redis = connectRedis({ url: server.url('bank'), name: 'test', log });
      const store = new StoreReadiness(redis, 'tellers:', log);
      try {
        await eventually(() => /SUBSCRIBE on tellers:rights: NOPERM/.test(String(store.holds)));
        await new Promise((resolve) => setTimeout(resolve, 2_500));
        expect(written.match(/Redis cannot be used: its user may not SUBSCRIBE/g)).toHaveLength(1);
        await server.admin.acl('SETUSER', 'bank', '&tellers:*');
        await eventually(() => store.holds === true);
      } finally {
        store.close();
        redis.disconnect();
      }
    });

    it('leaves nothing in the store', async () => {
      await unmet();
      expect(await server.admin.dbsize()).toBe(0);
    });

    it('is no Redis Cluster', async () => {
      const cluster = await RedisServer.start('--cluster-enabled', 'yes');
      const redis = connectRedis({ url: cluster.url(), name: 'test', log: pino({ level: 'silent' }) });
      try {
        expect(await unmetNeed(redis, 'tellers:')).toMatch('Redis Cluster');
      } finally {
        redis.disconnect();
        await cluster.stop();
      }
    });
  },
);

it('is none that is too old', async () => {
  const info = 'redis_version:6.0.16\r\nloading:0';
  const old = createServer((socket) =>
    socket.on('data', (data) => {
      for (const [, name = ''] of String(data).matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)) {
        socket.write(name.toLowerCase() === 'info' ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n');
      }
    }),
  );
  await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
  const url = `redis://127.0.0.1:${(old.address() as AddressInfo).port}`;
  const redis = connectRedis({ url, name: 'test', log: pino({ level: 'silent' }) });
  expect(await unmetNeed(redis, 'tellers:')).toBe('it is version 6.0, and the bank needs Redis 6.2 or Valkey');
  redis.disconnect();
  old.close();
});
