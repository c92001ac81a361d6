import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { repositoryRoot } from '../src/repository.js';

const run = promisify(execFile);

/** What an operation of a generated client takes and gives; which names they have is what is tried. */
export type ClientOperation = (options?: object) => Promise<{ data?: any; error?: any; response: Response }>;

export interface GeneratedClient {
  readonly operations: Record<string, ClientOperation>;
  setConfig(config: { baseUrl?: string; auth?: () => string | undefined }): void;
}

/** A client that @hey-api/openapi-ts makes of a document and `tsc --strict` compiles, in a folder of its own. */
export async function generateClient(folder: string, document: object): Promise<GeneratedClient> {
  const [input, sources, compiled] = ['open-api.json', 'src', 'js'].map((name) => join(folder, name));
  const config = {
    input,
    output: { path: sources, module: { extension: '.js' } },
    plugins: ['@hey-api/client-fetch'],
    logs: { level: 'silent', file: false },
  };
  await writeFile(input!, JSON.stringify(document));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'openapi-ts.config.js'), `export default ${JSON.stringify(config)};`);
  const tool = (...path: string[]) => join(repositoryRoot, 'node_modules', ...path);
  await run(process.execPath, [tool('@hey-api', 'openapi-ts', 'bin', 'run.js')], { cwd: folder });
  const options = '--strict --module nodenext --target es2023 --lib es2023,dom,dom.iterable --skipLibCheck --outDir js';
  const tsc = [tool('typescript', 'bin', 'tsc'), ...options.split(' '), join('src', 'index.ts')];
  await run(process.execPath, tsc, { cwd: folder });
  const load = (file: string) => import(pathToFileURL(join(compiled!, file)).href);
  // One after the other: Jest links modules that both import but once.
  const operations = await load('index.js');
  const { client } = await load('client.gen.js');
  return { operations, setConfig: (changed) => client.setConfig(changed) };
}
