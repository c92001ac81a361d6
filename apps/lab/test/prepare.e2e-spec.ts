import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../src/platform/local/repository.js';

it('refuses a folder whose name Node would take for a pattern, in one sentence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tellers-*-'));
  const script = join(folder, 'scripts', 'prepare.mjs');
  cpSync(join(repositoryRoot, 'scripts', 'prepare.mjs'), script);
  const program = `(await import(${JSON.stringify(pathToFileURL(script).href)})).prepare()`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^Tellers cannot run in .*\*.* Rename the folder\.\n$/)]);
  rmSync(folder, { recursive: true });
});
