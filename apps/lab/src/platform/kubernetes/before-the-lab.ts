import { labFields, type Managed } from './field-ownership.js';

/** Where a spec's own values are kept while the lab has moved them, so that whoever comes next can put them back. */
export const keptAnnotation = 'tellers/before-the-lab';

/** Parts of a spec, as a strategic merge patch has them. */
export interface SpecPart {
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly replicas?: number;
  readonly updateStrategy?: object;
  readonly template?: object;
}

export interface Movable extends Managed {
  readonly metadata?: Managed['metadata'] & { readonly annotations?: Readonly<Record<string, string>> };
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
  ['replicas'],
  ['updateStrategy', 'template'],
];
/** A restart is noted in the template's metadata, and stays. */
const pathOf = (key: KeptField): string => (key === 'template' ? 'f:spec/f:template/f:spec/' : `f:spec/f:${key}`);

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
    const isOurs = moved.every((key) => ours.some((path) => path.startsWith(pathOf(key))));
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
