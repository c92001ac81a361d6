import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { prepare } from './prepare.mjs';

prepare();
const rooms = ['apps', 'libs', 'bench', 'helm'].filter((folder) => existsSync(folder));
const tsc = (project) => ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project];
const checks = {
  prettier: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  oxlint: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', ...rooms],
  tsc: tsc('tsconfig.json'),
  'tsc of the page': tsc('apps/lab/src/page/tsconfig.json'),
  'tsc of the specs in a browser': tsc('apps/lab/test/page/tsconfig.json'),
};
const failed = (await Promise.all(Object.keys(checks).map(failing))).flat();
if (failed.length > 0) {
  process.stderr.write(`Lint failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}

/** The name of a check that fails; nothing otherwise. */
function failing(name) {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, checks[name], { stdio: 'inherit' })
      .on('error', reject)
      .on('exit', (code) => resolve(code === 0 ? [] : [name]));
  });
}
