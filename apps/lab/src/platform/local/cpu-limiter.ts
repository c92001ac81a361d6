import { readFileSync } from 'node:fs';
import { Share } from './cpu-share.js';

// A process of its own beside the lab: arguments are thousandths of a core, and the ids of processes that may each use
// so many. It ends with the lab, and lets all run on then, however that comes about.
const [millicores, ...pids] = process.argv.slice(2).map(Number) as [number, ...number[]];
const lookEveryMs = 1;
const shares = pids.map((pid) => ({ pid, share: new Share(millicores, cpuMsOf(pid) ?? 0, performance.now()) }));

process.on('disconnect', () => {
  for (const { pid } of shares) signal(pid, 'SIGCONT');
  process.exit(0);
});

setInterval(() => {
  const now = performance.now();
  for (const { pid, share } of shares) {
    const used = cpuMsOf(pid);
    if (used === undefined) continue;
    const order = share.look(used, now);
    if (order !== undefined) signal(pid, order === 'stop' ? 'SIGSTOP' : 'SIGCONT');
  }
}, lookEveryMs);
process.send?.('begun');

/** CPU time of a process's main thread so far, to the nanosecond; the helpers of the garbage collector do not count. */
function cpuMsOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    // It has ended.
    return undefined;
  }
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
