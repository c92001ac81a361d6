import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpuMicros } from '../processes/cpu.js';
import type { Running } from '../processes/running.js';
import type { JobResult, Job } from './job.js';

/** What one side did in its time. */
export interface PairedReading {
  readonly perSecond: number;
  /** CPU time of the measured process for one request, in microseconds; undefined where the system does not tell. */
  readonly cpuMicros?: number | undefined;
}

/** Sends load from a process of its own. */
export class BenchLoad {
  readonly #child: ChildProcess = fork(new URL('generator.js', import.meta.url));

  /** @throws Error with the first reply that was no success */
  async run(job: Job): Promise<{ replies: number; seconds: number }> {
    this.#child.send(job);
    const [answer] = (await once(this.#child, 'message')) as [JobResult];
    if ('failed' in answer) throw new Error(answer.failed);
    return answer;
  }

  /** Sends load to a server and reads its CPU time before and after. */
  async measure(server: Running, job: Omit<Job, 'port'>): Promise<PairedReading> {
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
