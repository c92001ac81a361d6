import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

const program = ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0);

/** Whether a test can start a store of its own; in Docker alone there is the one of all tests. */
export const hasRedisServer = program !== undefined;

/** A store of a test's own, to be refused by, broken and demoted. */
export class RedisServer {
  private constructor(
    readonly port: number,
    /** Its data, which a save goes to. */
    readonly folder: string,
    /** The administrator's connection. */
    readonly admin: Redis,
    private readonly process: ChildProcess,
  ) {}

  static async start(...options: string[]): Promise<RedisServer> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'tellers-test-redis-'));
    const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const process = spawn(program!, [...where, ...options], { stdio: 'ignore' });
    const admin = new Redis(port, '127.0.0.1', { retryStrategy: () => 50, maxRetriesPerRequest: null });
    admin.on('error', () => {});
    await admin.ping();
    return new RedisServer(port, folder, admin, process);
  }

  /** With the name of one of its users and the password `pw`, unless it is for whoever comes. */
  url(user?: string): string {
    return `redis://${user === undefined ? '' : `${user}:pw@`}127.0.0.1:${this.port}`;
  }

  /** Leaves so little room that a twentieth of all is free, some two megabytes. */
  async beNearlyFull(): Promise<void> {
    await this.admin.setrange('ballast', 32 * 2 ** 20, 'x');
    const [, used] = /^used_memory:(\d+)/m.exec(await this.admin.info('memory')) ?? [];
    await this.admin.config('SET', 'maxmemory', Math.round(Number(used) / 0.95));
  }

  /** Has room for all again. */
  async beRoomy(): Promise<void> {
    await this.admin.config('SET', 'maxmemory', 0);
  }

  async stop(): Promise<void> {
    this.admin.disconnect();
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
