import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { repositoryRoot } from '../src/repository.js';

const main = join(repositoryRoot, 'dist/apps/lab/src/main.js');
const shop = `exec '${process.execPath}' '${join(repositoryRoot, 'apps/lab/test/examined/shop.mjs')}'`;
const folder = mkdtempSync(join(tmpdir(), 'advised-'));
const journey = join(folder, 'shop.yaml');
const report = join(folder, 'report');
const workload = ['--users', '20000', '--think-seconds', '60', '--writes-percent', '40', '--loss-tolerance', 'minutes'];

afterAll(() => rmSync(folder, { recursive: true }));

function lab(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, FOLDER: folder, STORE: 'memory' };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err: err.replaceAll(/\s+/g, ' ') }),
    );
  });
}

it('is advised by what its examination measured of it, and what that could not tell is asked for', async () => {
  writeFileSync(
    journey,
    'requests: [{ get: /prices }, { post: /login, form: { user: annika } }, { post: /cart, form: { item: apple } }, { get: /cart }]',
  );
  const flags = ['--journey', journey, '--yes', '--allow-writes', '--rate', '300', '--rounds', '1', '--report', report];
  const examined = await lab('examine', 'memory', 'request-cost', '--command', shop, ...flags);
  expect(examined).toMatchObject({ code: 0, out: expect.stringMatching(/CPU a request +\d/) as unknown });

  const untold = await lab('advise', '--report', report, ...workload);
  expect(untold).toMatchObject({ code: 2, out: '' });
  expect(untold.err).toMatch(
    /how many bytes a session takes: the question session-cost was not asked\. Give --session-bytes/,
  );

  const { code, out } = await lab('advise', '--report', report, '--session-bytes', '2000', ...workload);
  expect(code).toBe(0);
  const said = out.replaceAll(/\s+/g, ' ');
  expect(said).toMatch(/is in sticky today: .* with its 4 requests\. ADVICE: /);
  expect(said).toMatch(/CPU a request: yours, request-cost\.cpu \(\d+(\.\d+)?.µs\), ±\d+%/);
  expect(said).toMatch(/lost when a pod dies, in sticky: the bank’s, .* The examination does not tell it/);
}, 90_000);
