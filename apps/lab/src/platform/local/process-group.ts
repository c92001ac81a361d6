import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The processes of a group that still run; those that have ended and were not yet buried are left out. */
export async function runningInGroup(group: number): Promise<number[]> {
  if (!signalGroup(group, 0)) return [];
  return process.platform === 'linux' ? groupFromProc(group) : groupFromPs(group);
}

/** Sends a signal to all processes of a group; false where it has none. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

async function groupFromProc(group: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // The second field is the program's name and may hold spaces and brackets; state and group are 3 and 5.
      const [state, , ofGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(ofGroup) === group && state !== 'Z' ? Number(pid) : [];
    }),
  );
  return found.flat();
}

async function groupFromPs(group: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,pgid=,stat=']);
  return parseGroup(stdout, group);
}

/** Reads what `ps -o pid=,pgid=,stat=` prints. */
export function parseGroup(text: string, group: number): number[] {
  const lines = [...text.matchAll(/^\s*(\d+)\s+(\d+)\s+(\S+)/gm)];
  return lines.flatMap(([, pid, ofGroup, stat]) =>
    Number(ofGroup) === group && !stat!.startsWith('Z') ? Number(pid) : [],
  );
}
