import { describe, expect, it } from '@jest/globals';
import { findDependencies, nearest } from './find-dependencies.js';

/** A journey in which each later request needs those earlier ones, and all that these need. */
function journeyOf(count: number, needs: Readonly<Record<number, readonly number[]>>) {
  const left: number[][] = [];
  const leaveOut = async (out: readonly number[]): Promise<Map<number, string>> => {
    left.push([...out]);
    const changed = new Map<number, string>();
    for (let index = 0; index < count; index++) {
      const missed = needs[index]?.some((one) => out.includes(one) || changed.has(one)) ?? false;
      if (missed && !out.includes(index)) changed.set(index, 'changed');
    }
    return changed;
  };
  return { left, leaveOut };
}
const pairs = (found: readonly { earlier: number; later: number }[]): number[][] =>
  found.map(({ earlier, later }) => [earlier, later]).toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);

describe('findDependencies', () => {
  it('finds what each request needs, by leaving each earlier one out', async () => {
    const { leaveOut, left } = journeyOf(5, { 2: [1], 3: [2], 4: [1] });
    const { found, walks, untold } = await findDependencies(5, leaveOut, 60);
    expect(pairs(found)).toEqual([[1, 2], [1, 3], [1, 4], [2, 3]]); // prettier-ignore
    expect([walks, untold, left]).toEqual([4, [], [[0], [1], [2], [3]]]);
    expect(pairs(nearest(found))).toEqual([[1, 2], [1, 4], [2, 3]]); // prettier-ignore
  });

  it('halves the parts of a long journey, in far fewer walks than it has requests', async () => {
    const { leaveOut } = journeyOf(200, { 150: [7], 199: [150] });
    const { found, walks } = await findDependencies(200, leaveOut, 60);
    expect(pairs(nearest(found))).toEqual([[7, 150], [150, 199]]); // prettier-ignore
    expect(walks).toBeLessThan(45);
  });

  it('tells what its walks did not suffice for', async () => {
    const { leaveOut } = journeyOf(10, { 9: [0, 1, 2, 3, 4, 5, 6, 7, 8] });
    expect(await findDependencies(10, leaveOut, 4)).toMatchObject({ walks: 4, untold: [4, 5, 6, 7, 8] });
  });

  it('makes no walk where there is one request alone', async () => {
    expect(await findDependencies(1, journeyOf(1, {}).leaveOut, 60)).toEqual({ found: [], walks: 0, untold: [] });
  });
});
