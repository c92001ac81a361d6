import type { VolumeClaim } from '../kube-objects.js';
import {
  componentOf,
  helmUpgrade,
  kubectl,
  nameOf,
  type Finding,
  type Rule,
  type ClusterSnapshot,
} from '../cluster-snapshot.js';

const isDefault = 'storageclass.kubernetes.io/is-default-class';

/** Claims that get no volume. */
export const storage: Rule = (snapshot) =>
  snapshot.claims
    .filter(({ status }) => status.phase === 'Pending')
    .flatMap((claim) => {
      const waiting = snapshot.workloads.filter((workload) => componentOf(workload) === componentOf(claim));
      return pending(snapshot, claim).map((finding) => ({ ...finding, explains: waiting.map(nameOf) }));
    });

function pending(snapshot: ClusterSnapshot, claim: VolumeClaim): Finding[] {
  const { storageClasses, events } = snapshot;
  const object = nameOf(claim);
  const { storageClassName } = claim.spec;
  const names = (storageClasses ?? []).map(({ metadata }) => metadata.name);
  const others = names.length === 0 ? 'The cluster has no storage class.' : `The cluster has ${names.join(', ')}.`;
  const isDefaultThere = storageClasses?.some(({ metadata }) => metadata.annotations?.[isDefault] === 'true') ?? false;
  // A StatefulSet's claims cannot be changed; this one holds nothing yet.
  const remove = kubectl(snapshot, `delete statefulset/${workloadOf(claim)} ${object}`);
  const choose = `${remove} && ${helmUpgrade(snapshot, `redis.persistence.storageClass=${isDefaultThere ? '' : names[0]}`)}`;
  const without = `${remove} && ${helmUpgrade(snapshot, 'redis.persistence.enabled=false')}`;
  if (storageClasses !== undefined && !storageClassName) {
    if (!isDefaultThere) {
      const mark = `kubectl --context ${snapshot.context} annotate --overwrite storageclass ${names[0]} ${isDefault}=true`;
      return [
        {
          object,
          sentence: `${object} asks for the default storage class, and there is none. ${others}`,
          next: names.length === 0 ? [without] : [mark],
        },
      ];
    }
  }
  if (storageClasses !== undefined && storageClassName && !names.includes(storageClassName)) {
    return [
      {
        object,
        sentence: `${object} asks for the storage class ${storageClassName}, which is not there. ${others}`,
        next: [names.length === 0 ? without : choose],
      },
    ];
  }
  const event = events.findLast(
    ({ type, involvedObject }) => type === 'Warning' && involvedObject.name === claim.metadata.name,
  );
  if (event === undefined) return [];
  return [
    {
      object,
      sentence: `${object} gets no volume.`,
      evidence: [event.message ?? ''],
      next: [],
      look: [kubectl(snapshot, `describe ${object}`)],
    },
  ];
}

/** The StatefulSet of a claim, whose name is `<volume>-<StatefulSet>-<number>`. */
function workloadOf({ metadata: { name } }: VolumeClaim): string {
  return name.replace(/^data-/, '').replace(/-\d+$/, '');
}
