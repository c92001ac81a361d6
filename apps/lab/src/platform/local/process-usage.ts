import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { PodUsage } from '../platform.js';

/** The kernel's unit of CPU time towards programs on Linux, whatever its own tick (proc(5), sysconf(3)). */
const ticksPerSecond = 100;

/** Usage by process id; a process that has just ended is left out. */
export async function usageOf(pids: readonly number[]): Promise<Map<number, PodUsage>> {
  if (pids.length === 0) return new Map();
  return process.platform === 'linux' ? usageFromProc(pids) : usageFromPs(pids);
}

async function usageFromProc(pids: readonly number[]): Promise<Map<number, PodUsage>> {
  const found = new Map<number, PodUsage>();
  const read = async (pid: number) => {
    const [stat, status] = await Promise.all(
      ['stat', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
    );
    const usage = parseProc(stat!, status!);
    if (usage !== undefined) found.set(pid, usage);
  };
  await Promise.allSettled(pids.map(read));
  return found;
}

/** Reads /proc/PID/stat and /proc/PID/status; undefined for a process that has ended and was not yet buried. */
export function parseProc(stat: string, status: string): PodUsage | undefined {
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  if (resident === null) return undefined;
  // The second field is the program's name and may hold spaces and brackets; utime and stime are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    memoryBytes: Number(resident[1]) * 1024,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
  };
}

async function usageFromPs(pids: readonly number[]): Promise<Map<number, PodUsage>> {
  // ps ends with 1 when one of the processes is gone, and tells of the others all the same.
  const reported = await promisify(execFile)('ps', ['-o', 'pid=,rss=,time=', '-p', pids.join(',')]).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  return parsePs(reported.stdout);
}

/** Reads what `ps -o pid=,rss=,time=` prints: kilobytes, and CPU time as [[days-]hours:]minutes:seconds. */
export function parsePs(text: string): Map<number, PodUsage> {
  const found = new Map<number, PodUsage>();
  for (const [, pid, rss, time] of text.matchAll(/^\s*(\d+)\s+(\d+)\s+(\S+)\s*$/gm)) {
    const cpuSeconds = time!
      .split(/[-:]/)
      .toReversed()
      .reduce((sum, part, place) => sum + Number(part) * [1, 60, 3600, 86_400][place]!, 0);
    found.set(Number(pid), { memoryBytes: Number(rss) * 1024, cpuSeconds });
  }
  return found;
}
