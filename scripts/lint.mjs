import { existsSync } from 'node:fs';
import { node, prepare } from './prepare.mjs';

prepare();
const rooms = ['apps', 'libs', 'bench', 'helm'].filter((folder) => existsSync(folder));
const checks = {
  prettier: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  oxlint: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', ...rooms],
  tsc: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  'tsc of the page': ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'apps/lab/src/dashboard/web/tsconfig.json'],
};
const failed = Object.keys(checks).filter((name) => node(checks[name]) !== 0);
if (failed.length > 0) {
  process.stderr.write(`Lint failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
