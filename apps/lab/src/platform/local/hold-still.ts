import { spawn } from 'node:child_process';
import { endOf } from './server-process.js';

/** Stops a process and has it go on after so long, by a process of its own: it goes on whatever becomes of the lab. */
export async function holdStill(pid: number | undefined, ms: number): Promise<void> {
  if (pid === undefined) return;
  const script = 'kill -STOP "$1" && sleep "$2"; kill -CONT "$1"';
  await endOf(
    spawn('/bin/sh', ['-c', script, 'hold', String(pid), String(ms / 1_000)], { detached: true, stdio: 'ignore' }),
  );
}
