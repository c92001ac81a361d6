import { prepare } from './prepare.mjs';

prepare();
await import('../dist/apps/lab/src/main.js');
