import type { Pod } from '../kube-objects.js';
import { groupBy, helmUpgrade, kubectl, lastingPods, ownerOf, type Finding, type Rule, type Seen } from '../seen.js';

interface Need {
  readonly secret: string;
  readonly key: string | undefined;
  readonly owner: string;
}

/** Secrets that pods need and that are not there, or that lack a key. */
export const secrets: Rule = (seen) => {
  const needs = lastingPods(seen).flatMap((pod) => needsOf(pod, ownerOf(seen, pod)));
  return [...wholeSecrets(seen, needs), ...keys(seen)];
};

function wholeSecrets(seen: Seen, needs: readonly Need[]): Finding[] {
  const { secretNames } = seen;
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
      next: [nextFor(seen, secret, wanted[0])],
    };
  });
}

/** A Secret that is there and lacks a key is told by the pod alone. */
function keys(seen: Seen): Finding[] {
  const told = lastingPods(seen).flatMap((pod) =>
    (pod.status.containerStatuses ?? []).flatMap(({ state }) => {
      const found = /couldn't find key (\S+) in Secret (?:[^/\s]+\/)?(\S+)/.exec(state?.waiting?.message ?? '');
      return found === null ? [] : [{ key: found[1]!, secret: found[2]!, owner: ownerOf(seen, pod) }];
    }),
  );
  return groupBy(told, ({ secret, key }) => `${secret} ${key}`).map(([, [{ secret, key, owner }]]) => ({
    object: `secret/${secret}`,
    explains: [owner],
    sentence: `The Secret ${secret} has no ${key}, and ${owner} cannot start without it.`,
    next: [nextFor(seen, secret, key)],
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
function nextFor(seen: Seen, secret: string, key = '<key>'): string {
  if (/-(redis|account|signing-keys)$/.test(secret)) return helmUpgrade(seen);
  return kubectl(seen, `create secret generic ${secret} --from-literal ${key}=<value>`);
}
