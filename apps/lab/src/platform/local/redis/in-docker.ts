import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ServerProcess } from '../server-process.js';
import type { FoundRedis, RedisSource } from './found-redis.js';
import { durable } from './on-path.js';
import { pingUntilAnswered } from './ping.js';
import { findProgram } from '../find-program.js';
import { freePort } from '../free-port.js';

const image = 'valkey/valkey:9.1.2';
const run = promisify(execFile);

/** Runs Valkey in a container on a loopback port, if a Docker engine answers and has or gets the image. */
export async function redisInDocker(source: RedisSource): Promise<FoundRedis | undefined> {
  const docker = findProgram(['docker'], source.environment.PATH);
  if (docker === undefined || !(await works(docker, ['version', '--format', '{{.Server.Version}}'], 10_000))) {
    return undefined;
  }
  if (!(await works(docker, ['image', 'inspect', image], 10_000))) {
    source.say(`Redis: fetching the image ${image}`);
    if (!(await works(docker, ['pull', '--quiet', image], 300_000))) {
      source.say(`Redis: Docker answers, but cannot fetch ${image}`);
      return undefined;
    }
  }
  return startContainer(docker, source);
}

async function startContainer(docker: string, source: RedisSource): Promise<FoundRedis | undefined> {
  const port = await freePort();
  // In the foreground: docker passes the signal that ends it on, and the container and its data go with it.
  // Only loopback reaches it; to Valkey every client comes from outside of the container, which protected mode refuses.
  const options = ['--protected-mode', 'no', ...durable];
  const container = ['run', '--rm', '--publish', `127.0.0.1:${port}:6379`, image, 'valkey-server', ...options];
  const server = new ServerProcess([docker, ...container], join(source.folder, 'redis.log'));
  const url = `redis://127.0.0.1:${port}`;
  let ended = false;
  let stopping = false;
  const reportEnd = async () => {
    const how = await server.exited;
    ended = true;
    if (stopping) return;
    source.say(`Redis ended with ${how}. Its data went with its container: end this run, and begin anew.`);
  };
  void reportEnd();
  const stop = async () => {
    stopping = true;
    server.signal('SIGTERM');
    await server.exited;
  };
  try {
    await pingUntilAnswered(url, 30_000, () => (ended ? server.previousLogs : undefined));
  } catch (error) {
    await stop();
    source.say(`Redis: the container of ${image} does not answer: ${(error as Error).message}`);
    return undefined;
  }
  return { url, own: true, how: `${image} in Docker on port ${port}`, stop };
}

function works(program: string, options: string[], timeout: number): Promise<boolean> {
  return run(program, options, { timeout }).then(
    () => true,
    () => false,
  );
}
