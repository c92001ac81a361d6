import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findRedis } from './find-redis.js';
import { ping } from './ping.js';
import { findProgram } from '../find-program.js';
import { freePort } from '../free-port.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tellers-redis-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const server = findProgram(['valkey-server', 'redis-server'], process.env.PATH);
const find = (environment: NodeJS.ProcessEnv) => findRedis({ folder, environment, say: () => {} });

describe('a Redis that REDIS_URL names', () => {
  it('is taken before any other, and never stopped', async () => {
    const own = await find({ PATH: process.env.PATH });
    const found = await find({ PATH: process.env.PATH, REDIS_URL: own.url });
    expect(found).toMatchObject({ url: own.url, own: false });
    await found.stop();
    await ping(own.url);
    await own.stop();
  });

  it('is an error when it does not answer, which shows no password', async () => {
    const port = await freePort();
    const failed = find({ PATH: process.env.PATH, REDIS_URL: `redis://me:secret@127.0.0.1:${port}` });
    await expect(failed).rejects.toThrow(
      new RegExp(`REDIS_URL names redis://127.0.0.1:${port}, which does not answer: .*ECONNREFUSED`),
    );
    await expect(failed).rejects.not.toThrow('secret');
  });

  it.each([
    ['', 'a redis:// or rediss:// URL is required'],
    ['localhost:6379', 'a redis:// or rediss:// URL is required'],
    ['redis://127.0.0.1/bank', 'number of a database'],
    ['redis://127.0.0.1?db=1', 'a query'],
    ['redis://me@127.0.0.1', 'a user and no password'],
  ])('is an error when it cannot be honoured as it is written: %s', async (REDIS_URL, why) => {
    await expect(find({ REDIS_URL })).rejects.toThrow(new RegExp(`REDIS_URL cannot be used: .*${why}`));
  });
});

(server === undefined ? describe.skip : describe)('a Redis server of the PATH', () => {
  const path = { PATH: dirname(server ?? '') };

  it('keeps each write on disk before it acknowledges it, and goes with its data', async () => {
    const found = await find(path);
    const redis = new Redis(found.url);
    expect(await redis.config('GET', 'append*')).toEqual(
      expect.arrayContaining(['appendonly', 'yes', 'appendfsync', 'always']),
    );
    expect(await redis.config('GET', 'bind')).toEqual(['bind', '127.0.0.1']);
    redis.disconnect();
    expect(existsSync(join(folder, 'redis'))).toBe(true);
    await found.stop();
    await expect(ping(found.url)).rejects.toThrow('ECONNREFUSED');
    expect(existsSync(join(folder, 'redis'))).toBe(false);
  });

  it('does not outlive a process that started it and was killed', async () => {
    const script = join(folder, 'starter.mjs');
    const module = new URL('../../../../../../dist/apps/lab/src/platform/local/redis/find-redis.js', import.meta.url);
    writeFileSync(
      script,
      `import { findRedis } from ${JSON.stringify(module.href)};
       console.log((await findRedis({ folder: ${JSON.stringify(folder)}, environment: ${JSON.stringify(path)}, say() {} })).url);
       setInterval(() => {}, 1000);`,
    );
    const starter = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve) =>
      starter.stdout.once('data', (line) => resolve(String(line).trim())),
    );
    await ping(url);
    starter.kill('SIGKILL');
    await expect(refused(url)).resolves.toBe(true);
  });
});

async function refused(url: string): Promise<boolean> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answers = await ping(url, 200).then(
      () => true,
      () => false,
    );
    if (!answers) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
