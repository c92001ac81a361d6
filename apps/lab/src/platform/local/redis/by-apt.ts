import { execFile } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type FoundRedis, RedisNotFound, type RedisSource } from './found-redis.js';
import { findProgram, redisOnPath } from './on-path.js';

const run = promisify(execFile);
/** Debian's way to forbid that a package starts its service: exit 101 (invoke-rc.d(8)). */
const policy = '/usr/sbin/policy-rc.d';

/** As root on Debian or Ubuntu, installs `redis-server` and starts it as our own; the package's service stays off. */
export async function redisByApt(source: RedisSource): Promise<FoundRedis | undefined> {
  const apt = findProgram(['apt-get'], source.environment.PATH);
  if (apt === undefined || process.getuid?.() !== 0) return undefined;
  source.say('Redis: none found; as root on Debian, running apt-get install redis-server');
  const forbids = !existsSync(policy);
  if (forbids) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install(apt, source.environment);
  } finally {
    if (forbids) rmSync(policy, { force: true });
  }
  return redisOnPath(source);
}

async function install(apt: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const options = { env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 };
  try {
    await run(apt, ['update', '-qq'], options);
    await run(apt, ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], options);
  } catch (error) {
    throw new RedisNotFound(`apt-get cannot install redis-server: ${(error as { stderr: string }).stderr}`);
  }
  // Nor may it start at the next boot.
  if (existsSync('/run/systemd/system')) await run('systemctl', ['disable', '--quiet', 'redis-server'], options);
}
