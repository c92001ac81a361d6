import { existsSync } from 'node:fs';
import { node, prepare } from './prepare.mjs';

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
const failed = Object.keys(checks).filter((name) => node(checks[name]) !== 0);
if (failed.length > 0) {
  process.stderr.write(`Lint failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
