import { readFileSync } from 'node:fs';

/** Linux counts CPU time for programs in hundredths of a second (proc(5), USER_HZ). */
const microsPerTick = 10_000;

/** CPU time that a process has used so far, all its threads, in microseconds; undefined where there is no /proc. */
export function cpuMicros(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is a name in parentheses that may hold anything; user and system time are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * microsPerTick;
}
