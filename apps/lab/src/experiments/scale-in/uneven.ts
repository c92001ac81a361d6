import { setTimeout as sleep } from 'node:timers/promises';
import { modes, type ModeName } from '../../bank/modes.js';
import { Connection } from '../../http/connection.js';
import type { Lab } from '../experiment.js';
import { cookiesTo } from '../fresh-pods.js';
import { SessionSeeder, untilOpened } from '../session-seeder.js';
import { uncounted } from '../uncounted.js';
import { Asker } from './asker.js';
import { lastOf } from './hand-over.js';

/** So many sessions the fullest pod holds, and the others. */
export const full = 40;
export const nearlyEmpty = 4;
/** A pod of a Deployment tells each quarter of a minute how many it holds. */
const toldWithinMs = 35_000;

/** What became of the sessions of a pod that was taken away, and whether it was the fullest. */
export interface TakenUneven {
  readonly wentFullest: boolean;
  readonly inPod: number;
  readonly lost: number;
}

/**
 * Fills pods unevenly, one that a StatefulSet takes first as the fullest or as the emptiest, has the platform take one away
 * as it does, and asks for every session.
 */
export async function takeUneven(lab: Lab, mode: ModeName, lastIs: 'fullest' | 'emptiest'): Promise<TakenUneven> {
  const { platform } = lab;
  const { workload } = modes[mode];
  const pods = await platform.pods(workload);
  const last = lastOf(pods);
  const fullest = lastIs === 'fullest' ? last : pods.find(({ name }) => name !== last.name)!;
  const record = uncounted(lab, mode);
  lab.progress(`${mode}: ${fullest.name} is filled, the others are not, and a pod is taken away`);
  const held = new Map<string, { cookies: string[][]; toPod: string[] }>();
  for (const { name } of pods) {
    const toPod = await cookiesTo(platform, mode, name);
    await using seeder = new SessionSeeder({ baseUrl: platform.baseUrl, record, toPod });
    const count = name === fullest.name ? full : nearlyEmpty;
    await seeder.open(count, untilOpened(count));
    held.set(name, { cookies: seeder.cookies, toPod });
  }
  if (!platform.isNumbered(workload)) await sleep(toldWithinMs);
  await platform.scale(workload, pods.length - 1);
  const left = new Set((await platform.pods(workload)).map(({ bootId }) => bootId));
  const gone = pods.find(({ bootId }) => !left.has(bootId));
  if (gone === undefined) throw new Error(`No pod of ${mode} went.`);
  await using connection = new Connection(platform.baseUrl);
  const asker = new Asker(connection, record, gone);
  let lost = 0;
  for (const [name, { cookies, toPod }] of held) {
    for (const session of cookies) {
      const sent = name === gone.name ? session.filter((cookie) => !toPod.includes(cookie)) : session;
      if (!(await asker.isKnown(sent))) lost += 1;
    }
  }
  return { wentFullest: gone.name === fullest.name, inPod: held.get(gone.name)?.cookies.length ?? 0, lost };
}
