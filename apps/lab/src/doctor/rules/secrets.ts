import type { Pod } from '../kube-objects.js';
import {
  groupBy,
  helmUpgrade,
  kubectl,
  lastingPods,
  ownerOf,
  type Finding,
  type Rule,
  type ClusterSnapshot,
} from '../cluster-snapshot.js';

interface Need {
  readonly secret: string;
  readonly key: string | undefined;
  readonly owner: string;
}

/** Secrets that pods need and that are not there, or that lack a key. */
export const secrets: Rule = (snapshot) => {
  const needs = lastingPods(snapshot).flatMap((pod) => needsOf(pod, ownerOf(snapshot, pod)));
  return [...wholeSecrets(snapshot, needs), ...keys(snapshot)];
};

function wholeSecrets(snapshot: ClusterSnapshot, needs: readonly Need[]): Finding[] {
  const { secretNames } = snapshot;
  if (secretNames === undefined) return [];
  const missing = needs.filter(({ secret }) => !secretNames.includes(secret));
  return groupBy(missing, ({ secret }) => secret).map(([secret, group]) => {
    const owners = [...new Set(group.map(({ owner }) => owner))];
    const wanted = [...new Set(group.flatMap(({ key }) => key ?? []))];
    const which = wanted.length === 0 ? '' : ` (its ${wanted.join(', ')})`;
    return {
      object: `secret/${secret}`,
      explains: owners,
      sentence: `The Secret ${secret} is missing, and ${owners.join(', ')} cannot start without it${which}.`,
      next: [nextFor(snapshot, secret, wanted[0])],
    };
  });
}

/** A Secret that is there and lacks a key is told by the pod alone. */
function keys(snapshot: ClusterSnapshot): Finding[] {
  const told = lastingPods(snapshot).flatMap((pod) =>
    (pod.status.containerStatuses ?? []).flatMap(({ state }) => {
      const found = /couldn't find key (\S+) in Secret (?:[^/\s]+\/)?(\S+)/.exec(state?.waiting?.message ?? '');
      return found === null ? [] : [{ key: found[1]!, secret: found[2]!, owner: ownerOf(snapshot, pod) }];
    }),
  );
  return groupBy(told, ({ secret, key }) => `${secret} ${key}`).map(([, [{ secret, key, owner }]]) => ({
    object: `secret/${secret}`,
    explains: [owner],
    sentence: `The Secret ${secret} has no ${key}, and ${owner} cannot start without it.`,
    next: [nextFor(snapshot, secret, key)],
  }));
}

function needsOf({ spec }: Pod, owner: string): Need[] {
  const files = (spec.volumes ?? []).flatMap(({ secret }) =>
    secret === undefined || secret.optional ? [] : [{ secret: secret.secretName, key: undefined, owner }],
  );
  const variables = spec.containers
    .flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom?.secretKeyRef))
    .flatMap((ref) => (ref === undefined || ref.optional ? [] : [{ secret: ref.name, key: ref.key, owner }]));
  return [...files, ...variables];
}

/** The chart makes its own again; a Secret under another name is the user's. */
function nextFor(snapshot: ClusterSnapshot, secret: string, key = '<key>'): string {
  if (/-(redis|account|signing-keys)$/.test(secret)) return helmUpgrade(snapshot);
  return kubectl(snapshot, `create secret generic ${secret} --from-literal ${key}=<value>`);
}
