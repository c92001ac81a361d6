import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json: the same whether this runs from the sources or from `dist`. */
export const repositoryRoot = find(dirname(fileURLToPath(import.meta.url)));

/** The built entry point of a service. */
export function appEntry(app: 'auth' | 'account' | 'session'): string {
  return join(repositoryRoot, 'dist/apps', app, 'service.js');
}

/** A built file of the local platform, by its path from here. */
export function builtHere(path: string): string {
  return join(repositoryRoot, 'dist/apps/lab/src/platform/local', path);
}

function find(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : find(dirname(folder));
}
