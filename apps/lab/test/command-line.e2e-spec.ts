import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import type { BankSnapshot } from '../src/protocol/snapshots.js';
import { repositoryRoot } from '../src/repository.js';
import { writeReport } from '../src/report/write-report.js';
import { descendantsOf, isAlive } from './processes.js';
import { sampleScorecard } from './sample-scorecard.js';

const main = join(repositoryRoot, 'dist/apps/lab/src/main.js');

interface EndedProgram {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const lab = (...args: string[]): Promise<EndedProgram> =>
  new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

describe('the command line', () => {
  it.each([
    [['--help'], ['start', 'list', 'run', 'watch', 'serve']],
    [
      ['run', '--help'],
      [
        '--all',
        '--modes',
        '--customers',
        '--seconds',
        '--rounds',
        '--quick',
        'default: 5; 1 with --quick',
        '--seed',
        '--report',
        '--port',
        '--platform',
        '--url',
        'amnesia',
      ],
    ],
    [
      ['start', '--help'],
      [
        '--port',
        '--page-port',
        '--customers',
        '--rate',
        'TELLERS_PORT',
        '8080',
        'TELLERS_PAGE_PORT',
        '4000',
        '--read-only',
      ],
    ],
    [
      ['watch', '--help'],
      ['--context', '--namespace', '--release', 'Ctrl-C'],
    ],
    [
      ['serve', '--help'],
      [
        '--host',
        '127.0.0.1',
        '--port',
        '4000',
        'TELLERS_PAGE_PORT',
        '--namespace',
        '--release',
        '/events',
        'Ctrl-C',
        '--read-only',
        '--path',
        'TELLERS_PAGE_TOKEN',
      ],
    ],
    [['list', '--help'], ['experiments']],
    [
      ['faults', '--help'],
      [
        '--seconds',
        '--minutes',
        '--faults',
        '--seed',
        '--customers',
        '--only',
        'kill-pod',
        'REDIS_URL',
        'Exits with 1',
      ],
    ],
    [
      ['compare', '--help'],
      ['<A>', '<B>', '--all', 'scorecard.json', 'Exits with'],
    ],
  ])('tells how to use it: %j', async (args, words) => {
    const { code, out } = await lab(...args);
    expect(code).toBe(0);
    for (const word of words) expect(out).toContain(word);
  });

  it.each([
    [['run', 'amnesa'], 'amnesia'],
    [['run', 'amnesia', '--modes', 'stick'], 'sticky'],
    [['run'], '--all'],
    [['run', 'amnesia', '--seconds', 'ten'], 'whole number'],
    [['run', 'amnesia', '--customers', '1'], 'from 4'],
    [['run', 'amnesia', '--rounds', '0'], 'from 1'],
    [['start', '--port', '70000'], '65535'],
    [['start', '--rate', '0'], 'above 0'],
    [['run', 'amnesia', '--platform', 'minikube'], 'kubernetes'],
    [['watch', '--page', 'nowhere'], 'http://127.0.0.1:4000'],
    [['compare', 'package.json'], "'B'"],
    [['compare', 'nowhere', 'nowhere'], 'run --all --report FOLDER'],
    [['compare', 'package.json', 'package.json'], 'not a scorecard'],
    [['serve', '--platform', 'local'], 'npm start'],
    [['serve', '--port', '70000'], '65535'],
    [['faults', '--only', 'kill'], 'kill-pod'],
    [['faults', '--seconds', '1', '--minutes', '1'], 'cannot be used'],
    [['begin'], 'begin'],
    [['list', '--al'], '--al'],
  ])('refuses %j with exit code 2 and says what fits', async (args, word) => {
    const { code, out, err } = await lab(...args);
    expect(code).toBe(2);
    expect(err).toContain(word);
    expect(out).toBe('');
  });

  it.each(['watch', 'serve'])('says what to do when there is no cluster: %s', async (command) => {
    const { code, out, err } = await lab(command, '--context', 'none');
    expect(code).toBe(1);
    expect(err).toMatch(/npm run kind|There is no context "none"|kubectl config view/);
    expect(out).toBe('');
  });

  it.each([
    ['--page', 'http://127.0.0.1:1'],
    ['--platform', 'local', '--page-port', '1'],
  ])('says how to have a page when none answers: %s %s', async (...flags) => {
    const { code, out, err } = await lab('watch', ...flags);
    expect(code).toBe(1);
    expect(err).toMatch(/^No page answers at http:\/\/127.0.0.1:1\/ .*npm start/);
    expect(out).toBe('');
  });

  it('compares two scorecards, wherever it is called from', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'scorecards-'));
    writeReport(folder, sampleScorecard);
    const { code, out, err } = await lab('compare', folder, join(folder, 'scorecard.json'));
    rmSync(folder, { recursive: true });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Verdicts that changed: none');
  });

  it('lists what there is', async () => {
    expect((await lab('list')).out).toContain('amnesia');
  });
});

describe('lab start', () => {
  let child: ChildProcess | undefined;
  let watch: ChildProcess | undefined;

  afterEach(() => [child, watch].forEach((one) => one?.kill('SIGKILL')));

  it('serves customers in both styles, can be watched from another terminal, and Ctrl-C stops all in order and leaves no process behind', async () => {
    const flags = ['--port', '0', '--page-port', '0', '--customers', '8', '--rate', '4'];
    child = spawn(process.execPath, [main, 'start', ...flags]);
    let out = '';
    child.stdout!.on('data', (chunk) => (out += String(chunk)));
    const ended = once(child, 'exit');
    await eventually(() => /stateless [1-9][\d.]*\/s .* stateful [1-9][\d.]*\/s .*audit clean/.test(out), 60_000);
    const [, page] = /^The page: (\S+)$/m.exec(out)!;
    const state = (await (await fetch(new URL('state', page))).json()) as BankSnapshot;
    expect(state.crowd?.modes.map(({ mode }) => mode)).toEqual(['stateless', 'sticky']);
    expect(state.crowd!.customers.length).toBeGreaterThan(0);
    expect(state.audit).toMatchObject({ clean: true, fault: null });
    watch = spawn(process.execPath, [main, 'watch', '--page', page!]);
    let seen = '';
    watch.stdout!.on('data', (chunk) => (seen += String(chunk)));
    await eventually(
      () =>
        /account: 2 of 2 ready; [1-9].*$/m.test(seen) &&
        /sticky: [1-9]\d* customers, [1-9]\d* req\/s.* 0 lost, 0 failed requests$/m.test(seen) &&
        /money: exact over [1-9]\d* accounts/.test(seen),
      20_000,
    );
    const family = descendantsOf(child.pid!);
    // Five pods, the gateway, and Redis where this run started its own.
    expect(family.length).toBeGreaterThanOrEqual(6);
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(0);
    expect(out).toMatch(
      /== so far =+\n[\s\S]*requests failed +0 +0\n[\s\S]*audit of \d+ accounts and \d+ transfers is clean/,
    );
    expect(family.filter(isAlive)).toEqual([]);
    // It waits for the lab to come again, until it is ended.
    await eventually(() => /Connection lost at /.test(seen), 20_000);
    watch.kill('SIGINT');
    expect((await once(watch, 'exit'))[0]).toBe(0);
  }, 120_000);
});

(existsSync('/dev/full') ? describe : describe.skip)('a standard output that is full', () => {
  it('is told in a sentence by a command that lists, and by one that runs, which leaves nothing', async () => {
    for (const args of [['list'], ['start', '--port', '0', '--page-port', '0']]) {
      const child = spawn('/bin/sh', ['-c', 'exec "$@" >/dev/full', 'lab', process.execPath, main, ...args]);
      let err = '';
      child.stderr.on('data', (chunk) => (err += String(chunk)));
      const [code] = await once(child, 'close');
      expect([args[0], code, err]).toEqual([
        args[0],
        args[0] === 'list' ? 1 : 130,
        expect.stringMatching(/^What is told here cannot be written to standard output: ENOSPC.*\n$/),
      ]);
    }
  }, 30_000);
});
