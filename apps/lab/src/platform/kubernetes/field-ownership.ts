/** Who the lab is where a cluster notes which program has set a field. */
export const fieldManager = 'tellers-lab';

/** An object with its notes of who has set what, as Kubernetes writes them. */
export interface Managed {
  readonly metadata?: {
    readonly managedFields?: readonly { readonly manager?: string; readonly fieldsV1?: object }[];
  };
}

/**
 * The fields that the lab has set, and nobody else since, as paths: `f:spec/f:replicas`.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function labFields({ metadata }: Managed): string[] {
  const paths = (mine: boolean): string[] =>
    (metadata?.managedFields ?? [])
      .filter(({ manager }) => (manager === fieldManager) === mine)
      .flatMap(({ fieldsV1 }) => leavesOf(fieldsV1 ?? {}));
  const others = new Set(paths(false));
  return paths(true).filter((path) => !others.has(path));
}

/** Where the lab is noted, last first, so that removing one moves none of the others. */
export function labEntries({ metadata }: Managed): number[] {
  return (metadata?.managedFields ?? [])
    .flatMap(({ manager }, index) => (manager === fieldManager ? [index] : []))
    .toReversed();
}

function leavesOf(fields: object, at: readonly string[] = []): string[] {
  const inner = Object.entries(fields) as [string, object][];
  return inner.length === 0 ? [at.join('/')] : inner.flatMap(([name, below]) => leavesOf(below, [...at, name]));
}
