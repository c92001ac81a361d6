import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { repositoryRoot } from '../repository.js';
import { pageDocument, pageIcon } from './page-document.js';
import { baseStyle } from './style/base.js';
import { panelStyle } from './style/panels.js';
import { printStyle } from './style/print.js';
import { stageStyle } from './style/stage.js';

/** How the page looks: light and dark by the reader's choice, in the colours of the report. */
const pageStyle = [baseStyle, stageStyle, panelStyle, printStyle].join('');

/** Where the build puts the page's script, whether this runs from there or from the sources. */
const webFolder = join(repositoryRoot, 'dist/apps/lab/src/page');

/** The page itself, all of it. */
export function pageRoutes(server: FastifyInstance): void {
  server.get('/', { prefixTrailingSlash: 'slash' }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(pageDocument),
  );
  server.get('/page.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(pageStyle));
  server.get('/icon.svg', (_request, reply) => reply.type('image/svg+xml').send(pageIcon));
  for (const name of readdirSync(webFolder).filter((one) => one.endsWith('.js'))) {
    const script = readFileSync(join(webFolder, name), 'utf8');
    server.get(`/web/${name}`, (_request, reply) => reply.type('text/javascript; charset=utf-8').send(script));
  }
}
