import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
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

describe.each(['kind', 'minikube'])('lab %s', (tool) => {
  it('tells how to use it', async () => {
    const { code, out } = await lab(tool, '--help');
    expect(code).toBe(0);
    for (const word of ['--name', '--image', '--port', '--tls-port', '--delete', 'TELLERS_PORT', '8080', 'kubectl']) {
      expect(out).toContain(word);
    }
  });

  it.each([[['--nam', 'x']], [['--name', 'No_Name']], [['--port', '0']], [['more']]])(
    'refuses %j with exit code 2',
    async (args) => {
      expect((await lab(tool, ...args)).code).toBe(2);
    },
  );

  it('names all that is missing at once, and makes nothing', async () => {
    const { code, out, err } = await lab(tool);
    expect(code).toBe(1);
    expect(out).toBe('');
    for (const name of ['Docker', tool, 'kubectl', 'helm']) expect(err).toContain(`${name} is missing.`);
  });
});

describe('lab doctor', () => {
  it('tells how to use it', async () => {
    const { code, out } = await lab('doctor', '--help');
    expect(code).toBe(0);
    for (const word of ['--context', '--namespace', '--release', '--wait', 'Exits with 0']) expect(out).toContain(word);
  });

  it('refuses what it does not know with exit code 2', async () => {
    expect((await lab('doctor', '--contxt', 'x')).code).toBe(2);
  });

  it('says that kubectl is missing', async () => {
    const { code, out } = await lab('doctor');
    expect(code).toBe(1);
    expect(out).toContain('kubectl is missing');
  });
});

describe('lab restore', () => {
  it('tells how to use it, and whose fields it takes back', async () => {
    const { code, out } = await lab('restore', '--help');
    expect(code).toBe(0);
    for (const word of ['--context', '--namespace', '--release', 'tellers-lab']) expect(out).toContain(word);
  });
});
