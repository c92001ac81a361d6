import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/repository.js';

/** `lab start`, as a user runs it: the bank on this machine with a few customers in it, and the page. */
export class LabProcess {
  /** What it printed so far. */
  printed = '';
  #link = '';

  private constructor(private readonly child: ChildProcess) {}

  /** The page's address as it is printed: with the token, where there is one. */
  get link(): string {
    return this.#link;
  }

  static async start(...flags: string[]): Promise<LabProcess> {
    const main = join(repositoryRoot, 'dist/apps/lab/src/main.js');
    const few = ['start', '--port', '0', '--page-port', '0', '--customers', '12', '--rate', '2'];
    const child = spawn(process.execPath, [main, ...few, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    const lab = new LabProcess(child);
    lab.#link = await new Promise<string>((resolve, reject) => {
      const hear = (text: Buffer): void => {
        lab.printed += text.toString();
        const [, found] = /The page: (\S+)\s/.exec(lab.printed) ?? [];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`lab start ended with ${code}: ${lab.printed}`)));
    });
    return lab;
  }

  get url(): string {
    return this.link.replace(/\/?#.*$/, '');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await exited;
  }
}
