import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { faultOfRedisUrl, isUserAlone } from '#libs/service';
import { aptInstall } from '../apt-install.js';
import { type FoundRedis, RedisNotFound, type RedisSource } from './found-redis.js';
import { installHint, readOsRelease } from './install-hint.js';
import { redisInDocker } from './in-docker.js';
import { redisOnPath } from './on-path.js';
import { ping } from './ping.js';

/**
 * Finds a Redis, in this order: `REDIS_URL`; a server on the PATH; a Docker engine; as root on Debian apt-get.
 * @param source where its data and log go, the environment, and who is told what is done
 * @throws RedisNotFound with the one command that this system needs, or why the Redis that was named does not answer
 */
export async function findRedis(source: RedisSource): Promise<FoundRedis> {
  const found =
    (await redisByUrl(source)) ??
    (await redisOnPath(source)) ??
    (await redisInDocker(source)) ??
    (await redisByApt(source));
  if (found !== undefined) return found;
  const hint = installHint(process.platform, readOsRelease());
  throw new RedisNotFound(`The bank needs Redis, and none was found. ${hint}, or set REDIS_URL, then run this again.`);
}

async function redisByUrl({ environment }: RedisSource): Promise<FoundRedis | undefined> {
  const url = environment.REDIS_URL;
  if (url === undefined) return undefined;
  const displayed = withoutPassword(url);
  try {
    await ping(url);
  } catch (error) {
    const reason = (error as Error).message;
    throw new RedisNotFound(
      `REDIS_URL names ${displayed}, which does not answer: ${reason}. Start it, or unset REDIS_URL.`,
    );
  }
  return { url, own: false, how: `${displayed} (from REDIS_URL)`, stop: async () => {} };
}

/** As root on Debian or Ubuntu, installs `redis-server` and starts it as our own; the package's service stays off. */
async function redisByApt(source: RedisSource): Promise<FoundRedis | undefined> {
  const installed = await aptInstall('Redis', 'redis-server', source).catch((error: Error) => {
    throw new RedisNotFound(error.message);
  });
  if (!installed) return undefined;
  // Nor may it start at the next boot.
  if (existsSync('/run/systemd/system')) await promisify(execFile)('systemctl', ['disable', '--quiet', 'redis-server']);
  return redisOnPath(source);
}

function withoutPassword(url: string): string {
  const fault = faultOfRedisUrl(url) ?? (isUserAlone(url) ? 'it names a user and no password' : undefined);
  if (fault !== undefined) throw new RedisNotFound(`REDIS_URL cannot be used: ${fault}. Correct it, or unset it.`);
  const parsed = new URL(url);
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}
