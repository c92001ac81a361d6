import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { eventually } from '#libs/testing';
import { findRedis } from '../src/platform/local/redis/find-redis.js';
import { repositoryRoot } from '../src/repository.js';
import { LocalRun, runsFolder } from '../src/platform/local/run/run.js';
import { BankClient } from './bank-client.js';
import { commandOf, descendantsOf, isAlive } from './processes.js';

const main = join(repositoryRoot, 'dist/apps/lab/src/main.js');
const timeoutMs = 120_000;
const { REDIS_URL, ...withoutRedis } = process.env;

const labs: StartedLab[] = [];
afterAll(async () => {
  for (const lab of labs) lab.child.kill('SIGKILL');
  for (const lab of labs) await eventually(() => lab.family.filter(isAlive).length === 0, 20_000);
});

/** `lab start` as a person starts it, with a Redis of its own unless the environment names one. */
class StartedLab {
  out = '';
  family: number[] = [];

  private constructor(readonly child: ChildProcess) {
    child.stdout!.on('data', (chunk) => (this.out += String(chunk)));
  }

  static async start(environment: NodeJS.ProcessEnv = withoutRedis): Promise<StartedLab> {
    const flags = ['--port', '0', '--page-port', '0', '--customers', '4', '--rate', '2'];
    const child = spawn(process.execPath, [main, 'start', ...flags], { env: environment, detached: true });
    const lab = new StartedLab(child);
    labs.push(lab);
    await eventually(() => /money: exact/.test(lab.out), 60_000);
    lab.family = descendantsOf(child.pid!);
    return lab;
  }

  get baseUrl(): string {
    return /^Gateway: (\S+)$/m.exec(this.out)![1]!;
  }

  get folder(): string {
    const name = readdirSync(runsFolder).find((one) => one.startsWith(`run-${this.child.pid}-`));
    return join(runsFolder, name!);
  }

  pidOf(program: string): number {
    return descendantsOf(this.child.pid!).find((pid) => commandOf(pid).includes(program))!;
  }

  async ended(): Promise<number> {
    const [code] = this.child.exitCode === null ? await once(this.child, 'exit') : [this.child.exitCode];
    return code as number;
  }
}

describe('a lab', () => {
  // One life: what has been brought back is stopped in order, too.
  describe('whose parts crash', () => {
    let lab: StartedLab;
    beforeAll(async () => (lab = await StartedLab.start()), timeoutMs);

    it('brings back its gateway, on the same port and with all routes, and says so', async () => {
      const client = new BankClient(lab.baseUrl, 'ada');
      await client.signIn();
      expect((await client.ask('POST', '/session')).status).toBe(201);
      const gateway = lab.pidOf('gateway/main.js');
      process.kill(gateway, 'SIGKILL');
      await eventually(() => !isAlive(gateway), 5_000);
      const statuses = new Set<number>();
      const answered = async () => {
        const status = await client.ask('GET', '/session').then(
          (reply) => reply.status,
          () => 0,
        );
        statuses.add(status);
        return status === 200;
      };
      await eventually(answered, 10_000);
      // No answer at all until it is there again; never one that says that there is no such route.
      expect([...statuses].filter((status) => status !== 0)).toEqual([200]);
      await eventually(() => lab.out.includes('The gateway crashed with SIGKILL; it is started again now.'), 2_000);
    });

    it('brings back its Redis, with its data, and says so', async () => {
      const client = new BankClient(lab.baseUrl, 'grace');
      await client.signIn();
      expect((await client.transfer('before')).status).toBe(201);
      const before = await client.statement();
      process.kill(lab.pidOf('-server '), 'SIGKILL');
      await eventually(() => lab.out.includes('Redis crashed with SIGKILL; it is started again now.'), 10_000);
      await eventually(async () => (await client.ask('GET', '/account/accounts')).status === 200, 10_000);
      expect(await client.statement()).toEqual(before);
      expect((await client.transfer('after')).status).toBe(201);
    });

    it('stops in order when its terminal closes', async () => {
      const { folder } = lab;
      const family = descendantsOf(lab.child.pid!);
      lab.child.kill('SIGHUP');
      lab.child.kill('SIGHUP');
      expect(await lab.ended()).toBe(0);
      expect(lab.out).toMatch(/== so far =/);
      await eventually(() => family.filter(isAlive).length === 0, 1_000);
      expect(existsSync(folder)).toBe(false);
    });
  });

  it(
    'stops in order when nobody reads its output any more',
    async () => {
      const lab = await StartedLab.start();
      const { folder } = lab;
      lab.child.stdout!.destroy();
      lab.child.stderr!.destroy();
      expect(await lab.ended()).toBe(0);
      await eventually(() => lab.family.filter(isAlive).length === 0, 1_000);
      expect(existsSync(folder)).toBe(false);
    },
    timeoutMs,
  );

  it(
    'leaves no key in somebody’s Redis and no file when it is killed',
    async () => {
      const found = await findRedis({ folder: repositoryRoot, environment: { ...process.env, REDIS_URL }, say() {} });
      const redis = new Redis(found.url);
      const before = new Set(await redis.keys('*'));
      const lab = await StartedLab.start({ ...withoutRedis, REDIS_URL: found.url });
      const { folder } = lab;
      await eventually(async () => (await redis.keys('*')).filter((key) => !before.has(key)).length > 10);
      lab.child.kill('SIGKILL');
      await eventually(() => !existsSync(folder), 2_000);
      await eventually(() => lab.family.filter(isAlive).length === 0, 15_000);
      expect((await redis.keys('*')).filter((key) => !before.has(key))).toEqual([]);
      redis.disconnect();
    },
    timeoutMs,
  );
});

describe('a run whose lab and reaper were killed', () => {
  /** A program that does nothing but have a run. */
  const holder = (redisUrl: string): string =>
    `import { LocalRun } from ${JSON.stringify(join(repositoryRoot, 'dist/apps/lab/src/platform/local/run/run.js'))};
     const run = new LocalRun();
     console.log(run.folder, run.claimKeys({ url: ${JSON.stringify(redisUrl)}, own: false }));
     setInterval(() => {}, 1_000);`;
  const canUnshare = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;
  const held: ChildProcess[] = [];
  const folders: string[] = [];
  afterEach(() => {
    for (const child of held.splice(0)) if (child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
    // Its reaper ends with its container.
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  async function hold(redisUrl: string, ...before: string[]) {
    const [program, ...args] = [...before, process.execPath, '--input-type=module', '-e', holder(redisUrl)];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    held.push(child);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const [folder, prefix] = String(line).trim().split(' ') as [string, string];
    folders.push(folder);
    return { child, folder, prefix };
  }

  (canUnshare ? it : it.skip)(
    'is cleared away by the next run, which touches nothing of one that lives in another container',
    async () => {
      const own = new LocalRun();
      const found = await findRedis({ folder: own.folder, environment: process.env, say() {} });
      const redis = new Redis(found.url);
      try {
        const living = await hold(found.url, 'unshare', '--pid', '--fork', '--mount-proc');
        const dead = await hold(found.url);
        await redis.mset(`${living.prefix}a`, '1', `${dead.prefix}a`, '1');
        await wait(1_500);
        const reaper = descendantsOf(dead.child.pid!).find((pid) => commandOf(pid).includes('reaper'))!;
        process.kill(reaper, 'SIGKILL');
        dead.child.kill('SIGKILL');
        own.claimKeys({ url: found.url, own: false });
        await eventually(() => !existsSync(dead.folder), 30_000);
        await eventually(async () => (await redis.exists(`${dead.prefix}a`)) === 0, 10_000);
        expect(existsSync(living.folder)).toBe(true);
        expect(await redis.exists(`${living.prefix}a`)).toBe(1);
      } finally {
        redis.disconnect();
        await found.stop();
        await own.end();
      }
    },
    timeoutMs,
  );
});
