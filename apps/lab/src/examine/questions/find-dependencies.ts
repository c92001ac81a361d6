/** A request that gives another reply without an earlier one; both by their place in the journey. */
export interface Dependency {
  readonly earlier: number;
  readonly later: number;
  /** What differs without it, in words. */
  readonly why: string;
}

/** Of a longer journey so many parts are left out first, and each is halved where that changed something after it. */
const firstParts = 24;

/**
 * Which of `count` requests needs which earlier one. In a longer journey those are passed over that only requests beside
 * them need, and nothing later.
 * @param leaveOut walks without those, and tells what changed in the others, by their places
 * @returns also those that the walks did not suffice for
 */
export async function findDependencies(
  count: number,
  leaveOut: (left: readonly number[]) => Promise<ReadonlyMap<number, string>>,
  maxWalks: number,
): Promise<{ found: Dependency[]; walks: number; untold: number[] }> {
  const size = Math.ceil((count - 1) / firstParts);
  const all = Array.from({ length: count - 1 }, (_, index) => index);
  const parts: number[][] = [];
  for (let from = 0; from < all.length; from += size) parts.push(all.slice(from, from + size));
  const found: Dependency[] = [];
  let walks = 0;
  while (parts.length > 0 && walks < maxWalks) {
    const part = parts.shift()!;
    walks++;
    const changed = [...(await leaveOut(part))].filter(([later]) => later > part[0]!);
    if (part.length > 1 && changed.length > 0) parts.push(...halves(part));
    if (part.length === 1) found.push(...changed.map(([later, why]) => ({ earlier: part[0]!, later, why })));
  }
  return { found, walks, untold: parts.flat() };
}

function halves(part: readonly number[]): number[][] {
  const middle = Math.ceil(part.length / 2);
  return [part.slice(0, middle), part.slice(middle)];
}

/** Without those that follow from others: what needs a request that needs another, needs that one as well. */
export function nearest(found: readonly Dependency[]): Dependency[] {
  const needs = (later: number, earlier: number): boolean =>
    found.some((one) => one.later === later && one.earlier === earlier);
  return found.filter(({ earlier, later }) => !found.some((one) => one.later === later && needs(one.earlier, earlier)));
}
