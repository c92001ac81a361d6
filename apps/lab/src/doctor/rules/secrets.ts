import {
  eventsOf,
  groupBy,
  lastingPods,
  nameOf,
  ownerOf,
  type ClusterSnapshot,
  type Finding,
  type Rule,
} from '../cluster-snapshot.js';
import type { KubePodSpec } from '../kube-objects.js';
import { madeAnew } from '../secret-commands.js';

interface SecretNeed {
  readonly secret: string;
  readonly key: string | undefined;
  readonly owner: string;
}

/** Secrets that pods need and that are not there, or that lack a key. */
export const secrets: Rule = (snapshot) => [...wholeSecrets(snapshot), ...keys(snapshot)];

/** What templates need: a pod on its way out may still name what nobody needs any more. */
function wholeSecrets(snapshot: ClusterSnapshot): Finding[] {
  const { secretNames, workloads } = snapshot;
  if (secretNames === undefined) return [];
  const needs = workloads.flatMap((workload) =>
    workload.spec.template?.spec === undefined ? [] : needsOf(workload.spec.template.spec, nameOf(workload)),
  );
  const missing = needs.filter(({ secret }) => !secretNames.includes(secret));
  return groupBy(missing, ({ secret }) => secret).map(([secret, group]) => {
    const owners = [...new Set(group.map(({ owner }) => owner))];
    const wanted = [...new Set(group.flatMap(({ key }) => key ?? []))];
    const which = wanted.length === 0 ? '' : ` (its ${wanted.join(', ')})`;
    return {
      object: `secret/${secret}`,
      explains: owners,
      sentence: `The Secret ${secret} is missing, and pods of ${owners.join(', ')} cannot start without it${which}.`,
      ...madeAnew(snapshot, { secret, key: wanted[0], isThere: false }, owners),
    };
  });
}

/** A Secret that is there and lacks a key is told of by the kubelet alone: of a variable in the pod, of a file in events. */
function keys(snapshot: ClusterSnapshot): Finding[] {
  const reported = lastingPods(snapshot).flatMap((pod) => {
    const owner = ownerOf(snapshot, pod);
    const variables = (pod.status.containerStatuses ?? []).flatMap(({ state }) => {
      const found = /couldn't find key (\S+) in Secret (?:[^/\s]+\/)?(\S+)/.exec(state?.waiting?.message ?? '');
      return found === null ? [] : [{ key: found[1]!, secret: found[2]!, owner }];
    });
    const files = (pod.status.phase === 'Pending' ? eventsOf(snapshot, pod) : []).flatMap(({ message = '' }) => {
      const found = /volume "([^"]+)".*references non-existent secret key: (\S+)/.exec(message);
      const secret = pod.spec.volumes?.find(({ name }) => name === found?.[1])?.secret?.secretName;
      return secret === undefined ? [] : [{ key: found![2]!, secret, owner }];
    });
    return [...variables, ...files];
  });
  return groupBy(reported, ({ secret, key }) => `${secret} ${key}`).map(([, group]) => {
    const [{ secret, key }] = group;
    const owners = [...new Set(group.map(({ owner }) => owner))];
    return {
      object: `secret/${secret}`,
      explains: owners,
      sentence: `The Secret ${secret} has no ${key}, and pods of ${owners.join(', ')} cannot start without it.`,
      ...madeAnew(snapshot, { secret, key, isThere: true }, owners),
    };
  });
}

function needsOf(spec: KubePodSpec, owner: string): SecretNeed[] {
  const files = (spec.volumes ?? []).flatMap(({ secret }) =>
    secret?.secretName === undefined || secret.optional
      ? []
      : [{ secret: secret.secretName, key: secret.items?.[0]?.key, owner }],
  );
  const variables = [...(spec.initContainers ?? []), ...spec.containers]
    .flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom?.secretKeyRef))
    .flatMap((ref) => (ref?.name === undefined || ref.optional ? [] : [{ secret: ref.name, key: ref.key, owner }]));
  return [...files, ...variables];
}
