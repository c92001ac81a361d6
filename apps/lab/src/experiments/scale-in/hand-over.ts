import { Connection } from '../../http/connection.js';
import { seeded, shuffled } from '../../load/random.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Pod } from '../../platform/platform.js';
import { uncounted } from '../uncounted.js';
import type { Lab } from '../experiment.js';
import { cookiesTo } from '../fresh-pods.js';
import { SessionSeeder, untilOpened } from '../session-seeder.js';
import { Asker } from './asker.js';

export const sampleSize = 200;

export interface HandedOver {
  /** From the order until one of the last sessions answers elsewhere; null when none did. */
  readonly tookMs: number | null;
  readonly sampled: number;
  readonly lost: number;
}

/** Fills the pod that goes first with so many sessions, takes it away, and asks for them at those that stay. */
export async function handOver(lab: Lab, mode: ModeName, size: number): Promise<HandedOver> {
  const { platform, seed } = lab;
  const { workload } = modes[mode];
  const pods = await platform.pods(workload);
  const leaver = lastOf(pods);
  const record = uncounted(lab, mode);
  const toPod = await cookiesTo(platform, mode, leaver.name);
  await using many = new SessionSeeder({ baseUrl: platform.baseUrl, record, toPod });
  await using connection = new Connection(platform.baseUrl);
  lab.progress(`${mode}: ${leaver.name} is filled with ${size} sessions`);
  await many.open(size, untilOpened(size));
  const held = (await platform.metric(workload, 'tellers_sessions_open')).get(leaver.name) ?? 0;
  const full = held >= size;
  if (!full) lab.note(`${mode}: a pod held ${held} sessions, not ${size}, when it was taken away; that is not timed.`);
  const sessions = many.cookies.map((cookies) => cookies.filter((cookie) => !toPod.includes(cookie)));
  lab.progress(`${mode}: ${leaver.name} is taken away with ${held} sessions`);
  const orderedAt = performance.now();
  const scaling = platform.scale(workload, pods.length - 1);
  const request = new Asker(connection, record, leaver);
  const tookMs = await request.untilElsewhere(sessions.toReversed(), orderedAt);
  await scaling;
  const sample = shuffled(sessions.slice(0, -1), seeded(seed)).slice(0, sampleSize);
  let lost = tookMs === null ? 1 : 0;
  for (const cookies of sample) if (!(await request.isKnown(cookies))) lost++;
  return { tookMs: full ? tookMs : null, sampled: sample.length + 1, lost };
}

/** A StatefulSet takes the highest number away first. */
export function lastOf(pods: readonly Pod[]): Pod {
  const numberOf = ({ name }: Pod): number => Number(name.slice(name.lastIndexOf('-') + 1));
  const [last] = pods.toSorted((one, other) => numberOf(other) - numberOf(one));
  if (last === undefined || pods.length < 2) throw new Error('It takes two pods to take one away.');
  return last;
}
