import { existsSync } from 'node:fs';
import { prepare } from './prepare.mjs';

prepare();
const main = new URL('../dist/bench/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write('There is no benchmark here yet.\n');
  process.exitCode = 1;
}
