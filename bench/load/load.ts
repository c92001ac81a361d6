import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Reading } from '../paired.js';
import { cpuMicros } from '../processes/cpu.js';
import type { Running } from '../processes/running.js';
import type { Answer, Job } from './job.js';

/** Sends load from a process of its own. */
export class Load {
  readonly #child: ChildProcess = fork(new URL('generator.js', import.meta.url));

  /** @throws Error with the first reply that was no success */
  async run(job: Job): Promise<{ replies: number; seconds: number }> {
    this.#child.send(job);
    const [answer] = (await once(this.#child, 'message')) as [Answer];
    if ('failed' in answer) throw new Error(answer.failed);
    return answer;
  }

  /** Sends load to a server and reads its CPU time before and after. */
  async measure(server: Running, job: Omit<Job, 'port'>): Promise<Reading> {
    const before = cpuMicros(server.pid);
    const { replies, seconds } = await this.run({ ...job, port: server.port });
    const after = cpuMicros(server.pid);
    return {
      perSecond: replies / seconds,
      cpuMicros: before === undefined || after === undefined ? undefined : (after - before) / replies,
    };
  }

  close(): void {
    this.#child.disconnect();
  }
}
