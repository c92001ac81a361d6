import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runningInGroup } from '../../platform/local/process-group.js';
import { usageOf } from '../../platform/local/process-usage.js';
import { builtHere } from '../../repository.js';
import { commandTarget, type CommandOptions } from './command-target.js';
import { gatewayCookie } from './own-gateway.js';
import type { Target } from './target.js';

/** A server that says which process it is, and that writes down how it was stopped. */
const program = `
  const { appendFileSync } = require('node:fs');
  const listening = require('node:http')
    .createServer((request, response) => response.end(String(process.pid)))
    .listen(process.env.PORT, '127.0.0.1');
  process.on('SIGTERM', () => setTimeout(() => {
    appendFileSync('stopped', process.pid + '\\n');
    process.exit();
  }, 100));
`;

let folder: string;
let target: Target | undefined;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tellers-command-'));
  writeFileSync(join(folder, 'server.cjs'), program);
  said = [];
});
afterEach(async () => {
  await target?.close();
  target = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<CommandOptions> = {}): Promise<Target> {
  const say = (sentence: string) => void said.push(sentence);
  target = await commandTarget({ command: 'node server.cjs', replicas: 2, cwd: folder, say, ...options });
  return target;
}

const processAt = async (address: string, headers: Record<string, string> = {}) =>
  Number(await (await fetch(address, { headers })).text());
const processes = async () => Promise.all((await target!.replicas()).map(({ address }) => processAt(address)));
const running = async (...pids: number[]) => [...(await usageOf(pids)).keys()];

describe('a command that is run several times', () => {
  it('answers at an address of each replica, and at the front door by each in turn', async () => {
    const service = await start();
    expect((await service.replicas()).map(({ name }) => name)).toEqual(['replica-1', 'replica-2']);
    await service.settled(1_000);
    const own = await processes();
    expect(new Set(own).size).toBe(2);
    const asked = [await processAt(service.frontDoor!), await processAt(service.frontDoor!)];
    expect(new Set(asked)).toEqual(new Set(own));
  });

  it('measures the memory of each with all that it started', async () => {
    await start({ command: 'node -e "setInterval(() => {}, 1000)" & node server.cjs', replicas: 1 });
    await wait(500);
    const memory = await target!.memory!();
    expect([...memory.keys()]).toEqual(['replica-1']);
    // One process of Node takes more than 30 MB, and less than 60.
    expect(memory.get('replica-1')).toBeGreaterThan(60e6);
  });

  it('leads clients back to their replica where it is told to', async () => {
    const { frontDoor } = await start({ affinity: 'cookie' });
    const first = await fetch(`${frontDoor}/any/path`);
    const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
    expect(cookie).toMatch(new RegExp(`^${gatewayCookie}=`));
    const mine = Number(await first.text());
    const again = [1, 2, 3].map(() => processAt(frontDoor!, { cookie }));
    expect(new Set(await Promise.all(again))).toEqual(new Set([mine]));
    await target!.affinity!('none');
    expect(new Set([await processAt(frontDoor!, { cookie }), await processAt(frontDoor!, { cookie })]).size).toBe(2);
  });

  it('kills a replica with all that it started; another process follows under its name', async () => {
    await start({ command: 'sleep 600 & echo $! > child; node server.cjs', replicas: 1 });
    const [before] = await processes();
    const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
    expect(await running(child)).toEqual([child]);
    await target!.kill!('replica-1');
    expect(await running(before!, child)).toEqual([]);
    await target!.settled(10_000);
    expect((await target!.replicas()).map(({ name }) => name)).toEqual(['replica-1']);
    expect(await processes()).not.toEqual([before]);
    expect(existsSync(join(folder, 'stopped'))).toBe(false);
  });

  it('lets a replica finish that is stopped, also behind a shell that ends at once', async () => {
    await start({ command: 'node server.cjs; true', replicas: 1 });
    const [before] = await processes();
    await target!.stop!('replica-1');
    expect(readFileSync(join(folder, 'stopped'), 'utf8')).toBe(`${before}\n`);
    await target!.settled(10_000);
    expect((await target!.replicas()).map(({ name }) => name)).toEqual(['replica-2']);
  });

  it('scales, and replaces each replica', async () => {
    await start({ replicas: 1 });
    await target!.scale!(2);
    const before = await processes();
    expect(before).toHaveLength(2);
    await target!.roll!();
    const after = await processes();
    expect(after).toHaveLength(2);
    expect(before.filter((pid) => after.includes(pid))).toEqual([]);
    await target!.scale!(1);
    expect(await processes()).toHaveLength(1);
  });

  it('tells of a crash, with the last lines of the log, and goes on with another process', async () => {
    await start({ replicas: 1, command: 'echo I am here; exec node server.cjs' });
    const [before] = await processes();
    process.kill(before!, 'SIGSEGV');
    while (said.length === 0) await wait(20);
    expect(said[0]).toMatch(/^replica-1 crashed with SIGSEGV\. Its log, .*replica-1\.log, ends:\nI am here$/);
    await target!.settled(10_000);
  });

  it('says what a command said that ends before it answers, and leaves nothing', async () => {
    await expect(start({ command: 'echo no database >&2; exit 3' })).rejects.toThrow(
      /crashed with exit code 3\. Its log, .*, ends:\nno database\nThe command must start a server/,
    );
  });

  it('says that a port is taken where the log of a replica does', async () => {
    const command = `node -e "throw new Error('listen EADDRINUSE: address already in use 127.0.0.1:1880')"`;
    await expect(start({ command })).rejects.toThrow(/A port is taken: each replica is given one of its own/);
  });

  it('runs no container, which would be left', async () => {
    await expect(start({ command: 'docker run --rm -p $PORT:80 nginx' })).rejects.toThrow('A container outlives');
  });

  it('says so of a command that listens on another port than it was told', async () => {
    const elsewhere = start({ portVariable: 'WEB_PORT', environment: { PORT: '0' }, startTimeoutMs: 1_500 });
    await expect(elsewhere).rejects.toThrow(/listens on the port in the variable WEB_PORT/);
  });
});

it('nothing of a command outlives a lab that was killed', async () => {
  const script = join(folder, 'lab.mjs');
  const command = {
    command: 'echo $$ > shell; sleep 600 & node server.cjs; true',
    environment: { PATH: process.env.PATH },
    logFile: join(folder, 'log'),
    portVariable: 'PORT',
    cwd: folder,
    readyPath: '/',
  };
  writeFileSync(
    script,
    `import { CommandProcess } from ${JSON.stringify(builtHere('command-process.js'))};
     const service = new CommandProcess(${JSON.stringify(command)});
     console.log(JSON.stringify([(await service.ready()).port, service.pid]));`,
  );
  const lab = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) => lab.stdout.once('data', (chunk) => resolve(String(chunk))));
  const [port, group] = JSON.parse(line) as [number, number];
  expect(await processAt(`http://127.0.0.1:${port}`)).toBeGreaterThan(0);
  lab.kill('SIGKILL');
  for (let tries = 0; tries < 100 && (await runningInGroup(group)).length > 0; tries += 1) await wait(50);
  expect(await runningInGroup(group)).toEqual([]);
});
