/**
 * The chance that two groups of samples differ in rank at least as much as these, if nothing but chance had put each
 * sample in its group: the exact two-sided rank-sum test (Wilcoxon 1945; ties share their mean rank). It asks for no
 * shape of the noise, and takes Infinity.
 */
export function rankTest(one: readonly number[], other: readonly number[]): number {
  const ranks = doubledRanks([...one, ...other]);
  const expected = one.length * (ranks.length + 1);
  const sum = ranks.slice(0, one.length).reduce((total, rank) => total + rank, 0);
  const ways = waysToSum(ranks, one.length);
  let all = 0;
  let asFar = 0;
  for (const [total, count] of ways) {
    all += count;
    if (Math.abs(total - expected) >= Math.abs(sum - expected)) asFar += count;
  }
  return asFar / all;
}

/** The least that the test can give for groups of these sizes: when every sample of one lies above all of the other. */
export function leastChance(one: number, other: number): number {
  let ways = 1;
  for (let index = 1; index <= one; index++) ways = (ways * (other + index)) / index;
  return Math.min(1, 2 / ways);
}

/** Twice the mean rank of each sample, which is whole. */
function doubledRanks(samples: readonly number[]): number[] {
  return samples.map((sample) => {
    const below = samples.filter((each) => each < sample).length;
    const alike = samples.filter((each) => each === sample).length;
    return 2 * below + alike + 1;
  });
}

/** How many ways there are to choose `size` of the ranks, by what they add up to. */
function waysToSum(ranks: readonly number[], size: number): Map<number, number> {
  const ways: Map<number, number>[] = Array.from({ length: size + 1 }, () => new Map<number, number>());
  ways[0]?.set(0, 1);
  for (const rank of ranks) {
    for (let chosen = size; chosen > 0; chosen--) {
      for (const [sum, count] of ways[chosen - 1] ?? []) {
        const more = ways[chosen];
        more?.set(sum + rank, (more.get(sum + rank) ?? 0) + count);
      }
    }
  }
  return ways[size] ?? new Map<number, number>();
}
