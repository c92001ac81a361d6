import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ServerProcess } from '../server-process.js';
import { sayingExits, SupervisedProcess } from '../supervised-process.js';
import { type FoundRedis, RedisNotFound, type RedisSource } from './found-redis.js';
import { pingUntilAnswered } from './ping.js';
import { findProgram } from '../find-program.js';
import { freePort } from '../free-port.js';

/** Money lives here: each write is on disk before it is acknowledged; most accounts have few entries. */
export const durable = [
  '--appendonly',
  'yes',
  '--appendfsync',
  'always',
  '--save',
  '',
  '--stream-node-max-bytes',
  '1024',
];
const stopGraceMs = 10_000;

/** Starts the `valkey-server` or `redis-server` of the PATH, if there is one, on a free port with its data in the folder. */
export async function redisOnPath(source: RedisSource): Promise<FoundRedis | undefined> {
  const program = findProgram(['valkey-server', 'redis-server'], source.environment.PATH);
  return program === undefined ? undefined : startRedis(program, source);
}

async function startRedis(program: string, source: RedisSource, tries = 3): Promise<FoundRedis> {
  const { folder, say } = source;
  const data = join(folder, 'redis');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const port = await freePort();
  const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', data];
  const command = [program, ...where, ...durable];
  const logFile = join(folder, 'redis.log');
  const server = new SupervisedProcess(() => new ServerProcess(command, logFile), sayingExits('Redis', say));
  const url = `redis://127.0.0.1:${port}`;
  const stop = async () => {
    await server.stop(stopGraceMs);
    rmSync(data, { recursive: true, force: true });
  };
  const restart = async (signal: 'SIGTERM' | 'SIGKILL') => {
    await server.end(signal);
    await pingUntilAnswered(url, 10_000, () => undefined);
  };
  server.start();
  const first = server.process;
  try {
    await pingUntilAnswered(url, 10_000, () => (server.process === first ? undefined : first?.previousLogs));
  } catch (error) {
    await stop();
    // Somebody else may have taken the port since it was found free.
    if (tries > 1 && (error as Error).message.includes('in use')) return startRedis(program, source, tries - 1);
    throw new RedisNotFound(`${program} does not start: ${(error as Error).message}`);
  }
  const how = `${program} on port ${port}, its data in ${relative(process.cwd(), data)}`;
  return { url, own: true, how, restart, stop };
}
