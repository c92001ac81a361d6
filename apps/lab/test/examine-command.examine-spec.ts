import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { readScorecard } from '../src/report/read-scorecard.js';
import { repositoryRoot } from '../src/repository.js';
import { descendantsOf, isAlive } from './processes.js';

const main = join(repositoryRoot, 'dist/apps/lab/src/main.js');
const shop = `exec '${process.execPath}' '${join(repositoryRoot, 'apps/lab/test/examined/shop.mjs')}'`;

let folder = '';
let child: ChildProcess | undefined;
let server: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'examine-'));
  writeFileSync(join(folder, 'users.csv'), 'name,password\nannika,open sesame\nbenedikt,other secret\n');
  writeFileSync(
    join(folder, 'shop.yaml'),
    [
      'requests:',
      '  - get: /prices',
      "  - { post: /login, form: { user: '{{user.name}}', password: '{{user.password}}' } }",
      '  - get: /account',
      '  - { post: /cart, form: { item: apple } }',
      '  - get: /cart',
    ].join('\n'),
  );
});

afterEach(async () => {
  child?.kill('SIGKILL');
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
  rmSync(folder, { recursive: true });
});

/** The command with the shop's journey. */
function examining(...args: string[]): ChildProcess {
  const flags = ['examine', '--journey', join(folder, 'shop.yaml'), '--users', join(folder, 'users.csv'), ...args];
  child = spawn(process.execPath, [main, ...flags], { env: { ...process.env, FOLDER: folder, STORE: 'memory' } });
  return child;
}

async function examined(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const running = examining(...args);
  let [out, err] = ['', ''];
  running.stdout!.on('data', (chunk) => (out += String(chunk)));
  running.stderr!.on('data', (chunk) => (err += String(chunk)));
  const [code] = (await once(running, 'close')) as [number];
  return { code, out, err };
}

/** A service that answers every request so, and tells what it was asked. */
async function serving(status: number): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"apple":3}');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('lab examine', () => {
  it('reports what a command’s service is, without a word of its users’ secrets, and a report that compare reads', async () => {
    const report = join(folder, 'report');
    const asked = ['client-carries', 'dependencies', 'memory'];
    const flags = [
      '--yes',
      '--allow-writes',
      '--rate',
      '300',
      '--rounds',
      '2',
      '--name',
      'The shop',
      '--report',
      report,
    ];
    const { code, out, err } = await examined(...asked, '--command', shop, ...flags);
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('Error') as unknown });
    const scorecard = readScorecard(report);
    expect(scorecard.examined).toMatchObject({ name: 'The shop', mode: 'sticky', journey: expect.arrayContaining([{ name: '5 GET /cart', needs: [3] }]) as unknown }); // prettier-ignore
    expect(out.replaceAll(/\s+/g, ' ')).toContain(scorecard.examined!.paragraph);
    const files = readdirSync(report).map((name) => readFileSync(join(report, name), 'utf8'));
    expect([...files, out, err].filter((text) => /sesame|other secret|annika|benedikt/.test(text))).toEqual([]);
    const compared = spawn(process.execPath, [main, 'compare', report, report]);
    expect((await once(compared, 'close'))[0]).toBe(0);
  }, 120_000);

  it('asks before it sends anything, and says what it will do', async () => {
    const { url, asked } = await serving(200);
    const { code, err } = await examined('--url', url);
    expect(code).toBe(1);
    expect(err).toContain(`This sends the 3 requests of the journey that change nothing to ${url}`);
    expect(err).toContain('at most 20 a second');
    expect(err).toContain('--yes');
    expect(asked).toEqual([]);
    // Whom the lab has started nobody else needs.
    const started = await examined('--command', shop, '--replicas', '2');
    expect(started.err).toContain('at most 200 a second');
  });

  it('sends nothing but GET and HEAD where it may not write, and says what it left out', async () => {
    const { url, asked } = await serving(200);
    const { code, out } = await examined('--url', url, '--yes', '--rate', '500', '--rounds', '1');
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/Left out of the journey.*2 POST \/login, 4 POST \/cart/);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((request) => !request.startsWith('GET '))).toEqual([]);
  }, 60_000);

  it.each([
    ['answers 500 to everything', 500, /answers every request of the journey by a fault \(500\).*its log says why/],
    ['is asked for nothing', 404, /CANNOT TELL HERE/],
  ])(
    'says so of a service that %s',
    async (_, status, words) => {
      const { url } = await serving(status);
      const { out, err } = await examined('--url', url, '--yes', '--rate', '500', '--rounds', '1');
      expect((out + err).replaceAll(/\s+/g, ' ')).toMatch(words);
    },
    60_000,
  );

  it.each([
    [
      'that is not there',
      ['--url', 'http://127.0.0.1:1'],
      /answers none of the journey's requests \(ECONNREFUSED\): start it/,
    ],
    ['of the public network', ['--url', 'http://192.0.2.1'], /--i-own-this-service/],
    ['that nobody named', [], /Say where the service is: --url/],
    ['by a number without a command', ['--replicas', '3'], /a number goes with --command/],
    ['by a command that ends', ['--command', 'exit 3'], /The command must start a server/],
  ])(
    'says what to do about a service %s',
    async (_, flags, words) => {
      const { code, err } = await examined(...flags, '--yes');
      expect([code, err.replaceAll(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(words)]);
      expect(err).not.toMatch(/\n {4}at /);
    },
    60_000,
  );

  it('ends at once by Ctrl-C while replicas start, and leaves no process behind', async () => {
    const running = examining('--command', 'sleep 1000', '--yes');
    let family: readonly number[] = [];
    await eventually(() => (family = descendantsOf(running.pid!)).length >= 3, 30_000);
    const interruptedAt = performance.now();
    running.kill('SIGINT');
    expect((await once(running, 'exit'))[0]).toBe(130);
    expect(performance.now() - interruptedAt).toBeLessThan(5_000);
    // What clears away after the lab outlives it by some seconds.
    await eventually(() => !family.some(isAlive), 15_000);
  }, 60_000);

  it('stops in order at the first Ctrl-C, and leaves no process behind', async () => {
    const running = examining('--command', shop, '--yes', '--allow-writes', '--rate', '20');
    let err = '';
    running.stderr!.on('data', (chunk) => (err += String(chunk)));
    await eventually(() => err.includes('dependencies'), 30_000);
    const family = descendantsOf(running.pid!);
    expect(family.length).toBeGreaterThanOrEqual(3);
    running.kill('SIGINT');
    expect((await once(running, 'exit'))[0]).toBe(130);
    expect(err).toContain('Stopping in order');
    await eventually(() => !family.some(isAlive), 5_000);
  }, 60_000);
});
