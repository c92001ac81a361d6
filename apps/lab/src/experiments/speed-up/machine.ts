import { cpus } from 'node:os';

/** Percent of all cores' time that was used between a call and the call of what it returns. */
export function machineBusy(): () => number {
  const before = read();
  return () => {
    const now = read();
    return (100 * (now.busy - before.busy)) / (now.all - before.all);
  };
}

function read(): { busy: number; all: number } {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const total = Object.values(times).reduce((sum, time) => sum + time, 0);
    all += total;
    busy += total - times.idle;
  }
  return { busy, all };
}
