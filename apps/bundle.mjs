import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = (path) => fileURLToPath(new URL(`../dist/apps/${path}`, import.meta.url));
const shared = { bundle: true, format: 'esm', logLevel: 'warning' };

// Node reads the whole source map at the start: that of each line of all packages takes it a third of a second and 45 MB.
const filesOfPackages = {
  name: 'files-of-packages',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => {
      const map = JSON.stringify({ version: 3, sources: [basename(path)], mappings: 'AAAA' });
      const inline = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
      return { contents: `${await readFile(path, 'utf8')}\n${inline}`, loader: 'default' };
    }),
};

// One file is one request, and the page needs no other host for what it draws with.
await build({
  ...shared,
  entryPoints: [fileURLToPath(new URL('lab/src/page/page.ts', import.meta.url))],
  outfile: built('lab/src/page/page.js'),
  minify: true,
  target: 'es2022',
  banner: { js: '/* With uPlot, Copyright (c) Leon Sorokin, MIT License */' },
});

// A pod that reads one file in place of some thousand is ready after half the CPU time, which counts when many start.
await Promise.all(
  ['auth', 'account', 'session'].map((app) =>
    build({
      ...shared,
      // What tsc made of the sources: esbuild would leave out the types by which Nest injects.
      entryPoints: [built(`${app}/src/main.js`)],
      outfile: built(`${app}/service.js`),
      platform: 'node',
      target: 'node20.19',
      // No keepNames: it defines a name on each closure that a request makes, of which 200 bytes each were kept for good.
      sourcemap: true,
      sourcesContent: false,
      plugins: [filesOfPackages],
      // CommonJS packages ask for the modules of Node by require.
      banner: { js: "import { createRequire as by } from 'node:module'; const require = by(import.meta.url);" },
      external: [
        // A binary for each platform, in its own package.
        '@node-rs/argon2',
        // What Nest and its Fastify adapter load only where an app has installed it.
        '@fastify/multipart',
        '@fastify/static',
        '@fastify/view',
        '@nestjs/microservices',
        '@nestjs/platform-express',
        '@nestjs/websockets',
        'class-transformer',
        'class-validator',
      ],
    }),
  ),
);
