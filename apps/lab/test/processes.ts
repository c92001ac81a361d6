import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Its children that live, and theirs. */
export function descendantsOf(pid: number): number[] {
  const pairs = process.platform === 'linux' ? parentsFromProc() : parentsFromPs();
  const childrenOf = (parent: number): number[] =>
    pairs.filter(([, of]) => of === parent).flatMap(([child]) => [child, ...childrenOf(child)]);
  // Without the ps that was just asked.
  return childrenOf(pid).filter(isAlive);
}

/** A container may have no ps. */
function parentsFromProc(): [number, number][] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

function parentsFromPs(): [number, number][] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
}

/** What a process was started with; empty when it is gone. Linux only. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Whether it runs; one that has ended and was not yet buried does not. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && (process.platform !== 'linux' || commandOf(pid) !== '');
  } catch {
    return false;
  }
}
