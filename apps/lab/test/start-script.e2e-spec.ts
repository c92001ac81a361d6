import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortTaken } from '../src/port-taken.js';
import { repositoryRoot } from '../src/repository.js';
import { startPorts } from '../src/start-ports.js';

/** A clone in which nothing is installed or built, nor could be: there is nothing to install. */
let folder: string;
let taken: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
  for (const file of ['scripts/start.mjs', 'apps/lab/src/start-ports.ts']) {
    cpSync(join(repositoryRoot, file), join(folder, file));
  }
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => taken.close(resolve));
});
const port = (): number => (taken.address() as AddressInfo).port;
const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'scripts/start.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return [status, stderr];
};

it.each<[string, string[], Record<string, string>, { remedy: string }]>([
  ['of the front door', ['--port', 'PORT', '--page-port', '0'], {}, startPorts.gateway],
  ['of the page', ['--port=0', '--page-port=PORT'], {}, startPorts.page],
  ['that a variable sets', ['--port', '0'], { TELLERS_PAGE_PORT: 'PORT' }, startPorts.page],
])('says that a port is taken before it installs or builds anything: that %s', (_, args, variables, { remedy }) => {
  const own = (text: string): string => text.replace('PORT', String(port()));
  const env = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, own(value)]));
  expect(start(args.map(own), env)).toEqual([1, `${new PortTaken(port(), remedy).message}\n`]);
  expect(readdirSync(folder).toSorted()).toEqual(['apps', 'scripts']);
});

it('goes on where both are free, and leaves what is no port to the command line', () => {
  for (const args of [['--port', '0', '--page-port', '0'], ['--port', 'none', '--page-port', '0'], ['--help']]) {
    // There is no lab in this clone.
    expect(start(args)).toEqual([1, expect.stringContaining('lab.mjs')]);
  }
});
