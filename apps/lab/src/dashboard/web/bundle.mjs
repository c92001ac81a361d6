import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

// One file is one request, and the page needs no other host for what it draws with.
await build({
  entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
  outfile: fileURLToPath(new URL('../../../../../dist/apps/lab/src/dashboard/web/page.js', import.meta.url)),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
  banner: { js: '/* With uPlot, Copyright (c) Leon Sorokin, MIT License */' },
});
