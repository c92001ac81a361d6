import { cpus } from 'node:os';

const lookEveryMs = 500;
/** With less than this share of its cores' time left, whoever is late may have waited for a core alone. */
const leastIdle = 0.02;

/** Calls back with each span, by `performance.now()`, in which no core had time left, until the returned function is called. */
export function watchMachine(wasFull: (from: number, to: number) => void): () => void {
  let before = readCores();
  const timer = setInterval(() => {
    const now = readCores();
    if (now.idle - before.idle < leastIdle * (now.all - before.all)) wasFull(before.at, now.at);
    before = now;
  }, lookEveryMs).unref();
  return () => clearInterval(timer);
}

function readCores(): { at: number; idle: number; all: number } {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += Object.values(times).reduce((sum, ms) => sum + ms, 0);
  }
  return { at: performance.now(), idle, all };
}
