import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { answerOf } from './answer/answer.js';
import { CommanderError } from 'commander';
import { advisingScorecard } from '../test/sample-figures.js';
import { program } from './program.js';
import { writeReport } from './report/write-report.js';

const workload = '--users 20 --think-seconds 10 --session-bytes 0 --writes-percent 0 --loss-tolerance any'.split(' ');

/** What a command line says before anything is done. */
async function lab(...args: string[]) {
  let [out, err] = ['', ''];
  const ending: unknown = await program({
    writeOut: (text) => (out += text),
    writeErr: (text) => (err += text),
  })
    .parseAsync(args, { from: 'user' })
    .then(
      () => 'a command that ran',
      (error: unknown) => error,
    );
  if (!(ending instanceof CommanderError)) throw new Error(`expected a help or a refusal, not ${String(ending)}`);
  return { ending, out, err };
}

describe('the command line', () => {
  it.each<[string[], string[]]>([
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
      ['advise', '--help'],
      ['docs/report', 'quick run', 'Exits with 0', 'claim 11', '0.05 cores and 128 MiB'],
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
    ...['kind', 'minikube'].map((tool): [string[], string[]] => [
      [tool, '--help'],
      ['--name', '--image', '--port', '--tls-port', '--delete', 'TELLERS_PORT', '8080', 'kubectl'],
    ]),
    [
      ['doctor', '--help'],
      ['--context', '--namespace', '--release', '--wait', 'Exits with 0'],
    ],
    [
      ['restore', '--help'],
      ['--context', '--namespace', '--release', '--workload', 'tellers-lab'],
    ],
  ])('tells how to use it: %j', async (args, words) => {
    const { ending, out } = await lab(...args);
    expect(ending.exitCode).toBe(0);
    for (const word of words) expect(out).toContain(word);
  });

  it.each<[string[], string]>([
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
    [['advise', ...workload, '--report', 'nowhere'], 'run --all --report FOLDER'],
    [['advise', ...workload, '--budget-cores', '0'], 'from 0.05'],
    [['advise', ...workload, '--users', '0'], 'from 1'],
    ...['kind', 'minikube'].flatMap((tool): [string[], string][] => [
      [[tool, '--nam', 'x'], "unknown option '--nam'"],
      [[tool, '--name', 'No_Name'], 'No_Name'],
      [[tool, '--port', '0'], '65535'],
      [[tool, 'more'], 'too many arguments'],
    ]),
    [['doctor', '--contxt', 'x'], "unknown option '--contxt'"],
  ])('refuses %j and says what fits', async (args, word) => {
    const { ending, out, err } = await lab(...args);
    expect(ending.exitCode).not.toBe(0);
    expect(err).toContain(word);
    expect(out).toBe('');
  });

  it('gives no advice by a quick report, and says which command makes one that may carry it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quick-'));
    const settings = { ...advisingScorecard.settings, quick: true };
    const scorecard = { ...advisingScorecard, settings };
    writeReport(folder, scorecard, answerOf(scorecard));
    const { ending, out, err } = await lab('advise', ...workload, '--report', folder);
    rmSync(folder, { recursive: true });
    expect([ending.exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(
      /^error: This report carries no advice\. It is of a quick run[^]*npm run lab -- run .*advise --report/,
    );
  });
});
