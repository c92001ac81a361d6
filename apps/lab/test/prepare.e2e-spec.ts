import { afterEach, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../src/repository.js';

const nobody = 65_534;
let folder: string;
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

/** A clone with nothing in it but what prepares it, and these files, all empty. */
function clone(name: string, files: readonly string[] = []): void {
  folder = mkdtempSync(join(tmpdir(), name));
  cpSync(join(repositoryRoot, 'scripts', 'prepare.mjs'), join(folder, 'scripts', 'prepare.mjs'));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
}

/** As a user who may not write there, for root may write anywhere. */
function prepare() {
  const script = pathToFileURL(join(folder, 'scripts', 'prepare.mjs')).href;
  const args = ['--input-type=module', '-e', `(await import(${JSON.stringify(script)})).prepare()`];
  chmodSync(folder, 0o555);
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const { status, stderr } = spawnSync(process.execPath, args, { ...user, encoding: 'utf8' });
  return [status, stderr];
}

it('refuses a folder whose name Node would take for a pattern, in one sentence', () => {
  clone('tellers-*-');
  expect(prepare()).toEqual([1, expect.stringMatching(/^Tellers cannot run in .*\*.* Rename the folder\.\n$/)]);
});

it('says that it cannot install where this user cannot write, and begins nothing', () => {
  clone('tellers-', ['package-lock.json']);
  expect(prepare()).toEqual([
    1,
    expect.stringMatching(/^What package-lock\.json says .* cannot write to .*EACCES.*\n$/),
  ]);
});

it('says that it cannot build there, and begins nothing', () => {
  const web = 'apps/lab/src/page/tsconfig.json';
  clone('tellers-', ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', web, 'apps/bundle.mjs']);
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), '');
  utimesSync(join(folder, 'package-lock.json'), 0, 0);
  expect(prepare()).toEqual([
    1,
    expect.stringMatching(/^The sources are to be built, .* cannot write to .*EACCES.*\n$/),
  ]);
});
