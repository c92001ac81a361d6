import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { answerOf } from '../src/answer/answer.js';
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
  it('exits with 0 after its help, and with 2 when it is used wrongly', async () => {
    const [help, wrong] = await Promise.all([lab('--help'), lab('run', 'amnesa')]);
    expect([help.code, help.err]).toEqual([0, '']);
    expect([wrong.code, wrong.out]).toEqual([2, '']);
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
    writeReport(folder, sampleScorecard, answerOf(sampleScorecard));
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
    await eventually(
      () =>
        ['stateless', 'sticky'].every((mode) =>
          new RegExp(` ${mode}: [1-9]\\d* customers, [1-9]\\d* req/s,`).test(out),
        ) && /money: exact/.test(out),
      60_000,
    );
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
