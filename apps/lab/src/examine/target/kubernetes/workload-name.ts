import { UserError } from '../../../user-error.js';
import type { WorkloadObject } from '../../../platform/kubernetes/target.js';

const kinds: Readonly<Record<WorkloadObject['kind'], readonly string[]>> = {
  Deployment: ['deployment', 'deployments', 'deploy'],
  StatefulSet: ['statefulset', 'statefulsets', 'sts'],
  ReplicaSet: ['replicaset', 'replicasets', 'rs'],
};

/** Reads `--workload`, as kubectl writes it. @throws UserError */
export function readWorkloadName(text: string): WorkloadObject {
  const [, word = '', name = ''] = /^([^/]+)\/([^/]+)$/.exec(text) ?? [];
  if (name === '')
    throw new UserError(`--workload is a kind and a name, as deployment/cart or statefulset/cart, and not "${text}".`);
  const kind = word.toLowerCase().replace(/\.apps$/, '');
  const found = (Object.keys(kinds) as WorkloadObject['kind'][]).find((one) => kinds[one].includes(kind));
  if (found === undefined)
    throw new UserError(
      `--workload names a deployment, a statefulset or a replicaset, whose pods can be replaced and counted, and not a ${word}.`,
    );
  return { kind: found, name };
}

/** A workload as `--workload` names it: `deployment/cart`. */
export function workloadName({ kind, name }: WorkloadObject): string {
  return `${kind.toLowerCase()}/${name}`;
}
