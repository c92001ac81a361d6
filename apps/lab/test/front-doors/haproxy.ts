import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { aptInstall } from '../../src/platform/local/apt-install.js';
import { findProgram } from '../../src/platform/local/find-program.js';
import { freePort } from '../../src/platform/local/free-port.js';

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
const onPath = () => findProgram(['haproxy'], `${process.env['PATH']}:/usr/sbin`);

/** A haproxy on the PATH, or installed as root on Debian and Ubuntu; undefined where neither can be. */
export async function findHaproxy(): Promise<string | undefined> {
  return (
    onPath() ?? ((await aptInstall('haproxy', 'haproxy', { environment: process.env, say })) ? onPath() : undefined)
  );
}

/** Runs a haproxy in front of an upstream, as plain as our gateway. */
export async function startHaproxy(program: string, folder: string, upstreamPort: number) {
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, settings(port, upstreamPort));
  const child = spawn(program, ['-db', '-q', '-f', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`haproxy ended with exit code ${child.exitCode}`);
    await wait(20);
  }
  return {
    port,
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

const settings = (port: number, upstreamPort: number): string => `
global
  maxconn 1024
defaults
  mode http
  timeout connect 2s
  timeout client 75s
  timeout server 30s
frontend door
  bind 127.0.0.1:${port}
  default_backend account
backend account
  server account-0 127.0.0.1:${upstreamPort}
`;

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
