import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '../http/connection.js';
import { CookieJar } from '../http/cookie-jar.js';
import { modes, type ModeName } from '../bank/modes.js';
import type { Platform } from '../platform/platform.js';
import type { Lab } from './experiment.js';

const settledWithinMs = 60_000;
const lookEveryMs = 100;
/** So many replies in a row come from new pods when the front door has forgotten the old ones. */
const inARow = 6;

/** Kills every pod of a mode and resolves when the front door has only their successors to ask. */
export async function replacePods(platform: Platform, mode: ModeName): Promise<void> {
  const { workload, path } = modes[mode];
  await using connection = new Connection(platform.baseUrl);
  const old = await platform.pods(workload);
  await Promise.all(old.map(({ name }) => platform.kill(name)));
  await platform.settled(settledWithinMs, workload);
  const oldBoots = new Set(old.map(({ bootId }) => bootId));
  const until = performance.now() + settledWithinMs;
  for (let fresh = 0; fresh < inARow;) {
    connection.cookies = new CookieJar();
    const { servedBy } = await connection.send({ operation: 'anyone', method: 'GET', path });
    fresh = servedBy === undefined || oldBoots.has(servedBy.bootId) ? 0 : fresh + 1;
    if (performance.now() > until) throw new Error(`The front door does not find the new pods of ${mode}.`);
    if (fresh === 0) await sleep(lookEveryMs);
  }
}

/** How many pods a mode has when nothing presses: what its autoscaler keeps at least, else as many as there are. */
export async function usualPods(platform: Platform, mode: ModeName): Promise<number> {
  const { workload } = modes[mode];
  return platform.autoscaling?.(workload)?.min ?? (await platform.pods(workload)).length;
}

/** Holds a mode at its usual number of pods meanwhile, whatever an autoscaler had made of it or would make of it. */
export async function withUsualPods<Result>(
  { platform, tidyUp }: Lab,
  mode: ModeName,
  act: (usual: number) => Promise<Result>,
): Promise<Result> {
  const { workload } = modes[mode];
  const usual = await usualPods(platform, mode);
  await platform.scaleExactly(workload, usual);
  try {
    return await act(usual);
  } finally {
    tidyUp(platform.scale(workload, usual));
  }
}

/** The cookies that lead to a pod, as `name=value`; none where the front door binds nobody. */
export async function cookiesTo(platform: Platform, mode: ModeName, pod: string): Promise<string[]> {
  const { affinity, path } = modes[mode];
  if (affinity === 'none') return [];
  await using connection = new Connection(platform.baseUrl);
  for (const until = performance.now() + settledWithinMs; performance.now() < until; await sleep(lookEveryMs)) {
    connection.cookies = new CookieJar();
    const { servedBy } = await connection.send({ operation: 'anyone', method: 'GET', path });
    if (servedBy?.pod === pod) return connection.cookies.for('/');
  }
  throw new Error(`The front door sends nobody to ${pod}.`);
}
