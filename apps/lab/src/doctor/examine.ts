import { autoscalers } from './rules/autoscalers.js';
import { crashes } from './rules/crashes.js';
import { images } from './rules/images.js';
import { ingress } from './rules/ingress.js';
import { nodes } from './rules/nodes.js';
import { notReady } from './rules/not-ready.js';
import { redis } from './rules/redis.js';
import { scheduling } from './rules/scheduling.js';
import { secrets } from './rules/secrets.js';
import { storage } from './rules/storage.js';
import type { Finding, Rule, ClusterSnapshot } from './cluster-snapshot.js';

/** What comes first is to be mended first. */
const causes: readonly Rule[] = [nodes, storage, secrets, images, scheduling, crashes];
/** What these find may come of a cause that was told already. */
const effects: readonly Rule[] = [redis, notReady];
const others: readonly Rule[] = [ingress, autoscalers];

/** Everything that is wrong with a cluster. */
export function examine(snapshot: ClusterSnapshot): Finding[] {
  const found = causes.flatMap((rule) => rule(snapshot));
  for (const rule of effects) {
    const told = new Set(found.flatMap(({ object, explains = [] }) => [object, ...explains]));
    found.push(...rule(snapshot).filter(({ object }) => !told.has(object)));
  }
  return [...found, ...others.flatMap((rule) => rule(snapshot))];
}
