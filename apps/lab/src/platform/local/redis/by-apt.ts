import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { aptInstall } from '../apt-install.js';
import { type FoundRedis, RedisNotFound, type RedisSource } from './found-redis.js';
import { redisOnPath } from './on-path.js';

const run = promisify(execFile);

/** As root on Debian or Ubuntu, installs `redis-server` and starts it as our own; the package's service stays off. */
export async function redisByApt(source: RedisSource): Promise<FoundRedis | undefined> {
  const installed = await aptInstall('Redis', 'redis-server', source).catch((error: Error) => {
    throw new RedisNotFound(error.message);
  });
  if (!installed) return undefined;
  // Nor may it start at the next boot.
  if (existsSync('/run/systemd/system')) await run('systemctl', ['disable', '--quiet', 'redis-server']);
  return redisOnPath(source);
}
