import type { ClusterSnapshot, Finding, Rule } from './cluster-snapshot.js';
import { autoscalers } from './rules/autoscalers.js';
import { crashes } from './rules/crashes.js';
import { images } from './rules/images.js';
import { ingress } from './rules/ingress.js';
import { inotify } from './rules/inotify.js';
import { leftMoved } from './rules/left-moved.js';
import { networkPolicies } from './rules/network-policies.js';
import { nodes } from './rules/nodes.js';
import { notReady } from './rules/not-ready.js';
import { redis } from './rules/redis.js';
import { refused } from './rules/refused.js';
import { revisions } from './rules/revisions.js';
import { scheduling } from './rules/scheduling.js';
import { secrets } from './rules/secrets.js';
import { sessionMetric } from './rules/session-metric.js';
import { sharedHost } from './rules/shared-host.js';
import { storage } from './rules/storage.js';
import { tests } from './rules/tests.js';

/** What comes first is to be mended first, and explains what comes after it. */
const causes: readonly Rule[] = [
  nodes,
  revisions,
  inotify,
  storage,
  secrets,
  images,
  scheduling,
  refused,
  crashes,
  redis,
  notReady,
];
const others: readonly Rule[] = [ingress, networkPolicies, sharedHost, leftMoved, autoscalers, sessionMetric, tests];

/** Everything that is worth a sentence of a cluster. */
export function examine(snapshot: ClusterSnapshot): Finding[] {
  const found: Finding[] = [];
  const explained = (): Set<string> => new Set(found.flatMap(({ object, explains = [] }) => [object, ...explains]));
  for (const rule of causes) {
    // What a rule says twice of an object stays; another rule's word of it would be an effect.
    const before = explained();
    found.push(...rule(snapshot).filter(({ object }) => !before.has(object)));
  }
  return [...found, ...others.flatMap((rule) => rule(snapshot))];
}
