import { PatchStrategy } from '@kubernetes/client-node';
import { beforeTheLab, keptAnnotation } from './before-the-lab.js';
import type { Cluster } from './cluster.js';
import { isForbidden } from './cluster-fault.js';
import { labEntries } from './field-ownership.js';
import { ordered } from './orders.js';
import { patched, readNow, type Patched, type PatchTarget } from './patches.js';

/** Whoever changes an object between our reading and our patch makes us read again. */
const tries = 10;

/**
 * Puts back what the lab has moved of an object and nobody else since, and has the lab own no field of it: who applies the
 * object next would conflict with it. Resolves to whether something was put back.
 */
export async function takeBack(cluster: Cluster, target: PatchTarget): Promise<boolean> {
  const now = await ordered(readNow(cluster, target)).catch((error: Error) => {
    // Who may not change it has moved nothing of it.
    if (isForbidden(error.cause)) return undefined;
    throw error;
  });
  if (now === undefined) return false;
  const before = beforeTheLab(now);
  const isKept = now.metadata?.annotations?.[keptAnnotation] !== undefined;
  const body = { metadata: { annotations: { [keptAnnotation]: null } }, ...(before !== undefined && { spec: before }) };
  await letGo(cluster, target, isKept ? await ordered(patched(cluster, target, body)) : now);
  return before !== undefined;
}

async function letGo(cluster: Cluster, target: PatchTarget, last: Patched): Promise<void> {
  let object = last;
  for (let again = tries; labEntries(object).length > 0; again -= 1) {
    const body = [
      { op: 'test', path: '/metadata/resourceVersion', value: object.metadata?.resourceVersion },
      ...labEntries(object).map((index) => ({ op: 'remove', path: `/metadata/managedFields/${index}` })),
    ];
    try {
      object = await ordered(patched(cluster, target, body, PatchStrategy.JsonPatch));
    } catch (error) {
      if (again === 0) throw error;
      object = await ordered(readNow(cluster, target));
    }
  }
}
