import { afterEach, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { createLog, type Log } from './log.js';
import { connectRedis } from './redis.js';

let written = '';
const log: Log = createLog('error', { service: 'test', pod: 'test-0' }, { write: (line) => (written += line) });
let redis: Redis | undefined;

afterEach(() => {
  written = '';
  redis?.disconnect();
});

it('names a command that the store refused, and nothing that it carried', async () => {
  redis = connectRedis({ url: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', name: 'test', log });
  const refused = [redis.call('set', 'key', 'a-secret', 'wrong'), redis.multi([['set', 'a-secret']]).exec()];
  for (const attempt of refused) {
    const error: unknown = await attempt.catch((caught: unknown) => caught);
    log.error({ err: error }, 'refused');
  }
  const [alone, inTransaction] = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { err: object });
  expect(alone?.err).toMatchObject({ command: 'set', message: expect.stringContaining('syntax error') });
  expect(inTransaction?.err).toMatchObject({ message: expect.stringMatching(/^EXECABORT/) });
  expect(written).not.toContain('a-secret');
});
