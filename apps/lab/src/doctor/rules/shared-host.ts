import { helmUpgrade, nameOf, type ClusterSnapshot, type Rule } from '../cluster-snapshot.js';
import type { Ingress } from '../kube-objects.js';

/** Another Ingress at the same paths of the same host: requests go to either. */
export const sharedHost: Rule = (snapshot) =>
  snapshot.ingresses.flatMap((own) => {
    const rivals = (snapshot.allIngresses ?? []).filter((other) => isRival(snapshot, own, other));
    const [first] = rivals;
    if (first === undefined) return [];
    const names = rivals.map(({ metadata }) => `ingress/${metadata.name} of the namespace ${metadata.namespace}`);
    const shared = sharedPaths(own, first);
    return [
      {
        object: nameOf(own),
        sentence:
          `${nameOf(own)} and ${names.join(', ')} both answer at ${shared.map(({ path }) => path).join(', ')} of ` +
          `${shared[0]!.host || 'any host'}: requests go to either, and neither bank knows the other's customers.`,
        // Whatever ends in localhost is this machine, wherever a browser or curl looks it up.
        next: [helmUpgrade(snapshot, `ingress.host=${snapshot.release}.${snapshot.namespace}.localhost`)],
      },
    ];
  });

function isRival({ namespace }: ClusterSnapshot, own: Ingress, other: Ingress): boolean {
  const isItself = other.metadata.name === own.metadata.name && other.metadata.namespace === namespace;
  return !isItself && other.spec.ingressClassName === own.spec.ingressClassName && sharedPaths(own, other).length > 0;
}

interface At {
  readonly host: string;
  readonly path: string;
}

function sharedPaths(own: Ingress, other: Ingress): At[] {
  const theirs = new Set(placesOf(other).map(({ host, path }) => host + path));
  return placesOf(own).filter(({ host, path }) => theirs.has(host + path));
}

function placesOf({ spec }: Ingress): At[] {
  return (spec.rules ?? []).flatMap(({ host = '', http }) =>
    (http?.paths ?? []).map(({ path = '/' }) => ({ host, path })),
  );
}
