import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { repositoryRoot } from '../src/repository.js';

const main = join(repositoryRoot, 'dist/apps/lab/src/main.js');

interface EndedCommand {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the lab where none of Docker, kind, minikube, kubectl and helm is installed. */
const lab = (...args: string[]): Promise<EndedCommand> =>
  new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env: { PATH: '' } }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

it.each(['kind', 'minikube'])('lab %s names all that is missing at once, and makes nothing', async (tool) => {
  const { code, out, err } = await lab(tool);
  expect(code).toBe(1);
  expect(out).toBe('');
  for (const name of ['Docker', tool, 'kubectl', 'helm']) expect(err).toContain(`${name} is missing.`);
});

it('lab doctor says that kubectl is missing', async () => {
  const { code, out } = await lab('doctor');
  expect(code).toBe(1);
  expect(out).toContain('kubectl is missing');
});
