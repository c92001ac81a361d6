import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { CannotHere } from '../cannot-here.js';
import type { CpuLimit } from '../platform.js';
import { builtHere } from '../../repository.js';

/** Holds processes to a share of a core, from a process of its own that the lab's own work does not disturb. */
export class CpuLimiter implements CpuLimit {
  readonly how: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, millicores: number) {
    this.#child = child;
    this.how =
      `Each pod's process is stopped when it has used ${millicores / 10} ms of CPU in a period of 100 ms, ` +
      'and goes on with the next, as cpulimit does it.';
  }

  /** @throws CannotHere where the CPU time of a process cannot be read finely enough */
  static async start(pids: readonly number[], millicores: number): Promise<CpuLimiter> {
    if (process.platform !== 'linux') throw new CannotHere('The CPU of a process can be limited on Linux alone.');
    const child = fork(builtHere('cpu-limiter.js'), [millicores, ...pids].map(String), { detached: true });
    await once(child, 'message');
    return new CpuLimiter(child, millicores);
  }

  async lift(): Promise<void> {
    if (this.#child.exitCode !== null || !this.#child.connected) return;
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}
