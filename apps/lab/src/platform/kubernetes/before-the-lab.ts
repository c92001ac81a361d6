/** Who the lab is where a cluster notes which program has set a field. */
export const fieldManager = 'tellers-lab';

/** Where a spec's own values are kept while the lab has moved them, so that whoever comes next can put them back. */
export const keptAnnotation = 'tellers/before-the-lab';

/** Parts of a spec, as a strategic merge patch has them. */
export interface SpecPart {
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly minReplicaCount?: number;
  readonly maxReplicaCount?: number;
  readonly replicas?: number;
  readonly updateStrategy?: object;
  readonly template?: object;
}

/** An object with its notes of who has set what, as Kubernetes writes them. */
export interface Movable {
  readonly metadata?: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly { readonly manager?: string; readonly fieldsV1?: object }[];
  };
  readonly spec?: object;
}

interface Kept {
  readonly before: SpecPart;
  readonly set: SpecPart;
}

type KeptField = keyof SpecPart;
/** What is moved together is taken back together, or not at all. */
const groups: readonly (readonly KeptField[])[] = [
  ['minReplicas', 'maxReplicas'],
  ['minReplicaCount', 'maxReplicaCount'],
  ['replicas'],
  ['updateStrategy', 'template'],
];

/** Where a pod template notes when its pods were restarted, as `kubectl rollout restart` does. */
export const restartedAt = 'kubectl.kubernetes.io/restartedAt';

/** A part of a workload's spec in which only that note is set; null for none. */
export function restarted(at: string | null): SpecPart {
  return { template: { metadata: { annotations: { [restartedAt]: at } } } };
}

/** The path below which the lab owns what it has set of a part. */
function pathOf(key: KeptField, { template = {} }: SpecPart): string {
  if (key !== 'template') return `f:spec/f:${key}`;
  return `f:spec/f:template/${'metadata' in template ? `f:metadata/f:annotations/f:${restartedAt}` : 'f:spec/'}`;
}

/** The values that were there before the lab, of what is still as the lab has left it; undefined where nothing is. */
export function beforeTheLab(object: Movable): SpecPart | undefined {
  const kept = keptOf(object);
  if (kept === undefined) return undefined;
  const { before, set } = kept;
  const ours = labFields(object);
  const spec = (object.spec ?? {}) as SpecPart;
  const stillOurs = groups.flatMap((group) => {
    const keys = group.filter((key) => key in before);
    const moved = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(set[key]));
    const isOurs = moved.every((key) => ours.some((path) => path.startsWith(pathOf(key, before))));
    const isAsSet = keys.every((key) => typeof set[key] !== 'number' || set[key] === spec[key]);
    return isOurs && isAsSet ? moved : [];
  });
  return stillOurs.length === 0 ? undefined : Object.fromEntries(stillOurs.map((key) => [key, before[key]]));
}

/** The annotation that keeps what was before, of these parts and of those that were moved already. */
export function keeping(object: Movable, before: SpecPart, set: SpecPart): Record<string, string> {
  const still = beforeTheLab(object);
  const kept: Kept = {
    before: { ...before, ...still },
    set: { ...(still === undefined ? {} : keptOf(object)?.set), ...set },
  };
  return { [keptAnnotation]: JSON.stringify(kept) };
}

function keptOf({ metadata }: Movable): Kept | undefined {
  const kept = metadata?.annotations?.[keptAnnotation];
  return kept === undefined ? undefined : (JSON.parse(kept) as Kept);
}

/**
 * The fields that the lab has set, and nobody else since, as paths: `f:spec/f:replicas`.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function labFields({ metadata }: Movable): string[] {
  const paths = (mine: boolean): string[] =>
    (metadata?.managedFields ?? [])
      .filter(({ manager }) => (manager === fieldManager) === mine)
      .flatMap(({ fieldsV1 }) => leavesOf(fieldsV1 ?? {}));
  const others = new Set(paths(false));
  return paths(true).filter((path) => !others.has(path));
}

/** Where the lab is noted, last first, so that removing one moves none of the others. */
export function labEntries({ metadata }: Movable): number[] {
  return (metadata?.managedFields ?? [])
    .flatMap(({ manager }, index) => (manager === fieldManager ? [index] : []))
    .toReversed();
}

function leavesOf(fields: object, at: readonly string[] = []): string[] {
  const inner = Object.entries(fields) as [string, object][];
  return inner.length === 0 ? [at.join('/')] : inner.flatMap(([name, below]) => leavesOf(below, [...at, name]));
}
