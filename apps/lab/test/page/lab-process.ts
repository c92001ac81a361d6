import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/repository.js';

/** `lab start`, as a user runs it: the bank on this machine with a few customers in it, and the page. */
export class LabProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** As it is printed: with the token, where there is one. */
    readonly link: string,
  ) {}

  static async start(...flags: string[]): Promise<LabProcess> {
    const main = join(repositoryRoot, 'dist/apps/lab/src/main.js');
    const few = ['start', '--port', '0', '--page-port', '0', '--customers', '12', '--rate', '2'];
    const child = spawn(process.execPath, [main, ...few, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const link = await new Promise<string>((resolve, reject) => {
      const hear = (text: Buffer): void => {
        said += text.toString();
        const [, found] = /The page: (\S+)\s/.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`lab start ended with ${code}: ${said}`)));
    });
    return new LabProcess(child, link);
  }

  get url(): string {
    return this.link.replace(/\/?#.*$/, '');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}
