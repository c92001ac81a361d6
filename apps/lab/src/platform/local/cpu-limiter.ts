import { readdirSync, readFileSync } from 'node:fs';
import { Share } from './cpu-share.js';
import { whenParentEnds } from './when-parent-ends.js';

// A process of its own beside the lab: arguments are thousandths of a core, and the ids of processes that may each use
// so many. It ends with the lab, and lets all run on then, however that comes about.
const [millicores, ...pids] = process.argv.slice(2).map(Number) as [number, ...number[]];
const lookEveryMs = 1;
/** Helpers of the collector and the compiler use less, and there are ten of them: these are read seldom. */
const readHelpersEveryMs = 20;
const helpers = new Map<number, { readAt: number; usedMs: number }>();
const shares = pids.map((pid) => ({ pid, share: new Share(millicores, cpuMsOf(pid) ?? 0, performance.now()) }));

whenParentEnds(() => {
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

/** CPU time of all threads of a process so far, to the nanosecond. */
function cpuMsOf(pid: number): number | undefined {
  try {
    const now = performance.now();
    let known = helpers.get(pid);
    if (known === undefined || now - known.readAt >= readHelpersEveryMs) {
      const threads = readdirSync(`/proc/${pid}/task`).filter((thread) => thread !== String(pid));
      const usedMs = threads.reduce((sum, thread) => sum + onCpuMs(`/proc/${pid}/task/${thread}/schedstat`), 0);
      known = { readAt: now, usedMs };
      helpers.set(pid, known);
    }
    return onCpuMs(`/proc/${pid}/schedstat`) + known.usedMs;
  } catch {
    // It has ended.
    return undefined;
  }
}

function onCpuMs(schedstat: string): number {
  return Number(readFileSync(schedstat, 'utf8').split(' ')[0]) / 1e6;
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
