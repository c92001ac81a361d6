/** Steps of 1, 2 and 5 in each decade from a thousand up to the most, with none at first. */
export function sizesUpTo(max: number): number[] {
  const sizes = [0];
  for (let decade = 1_000; decade <= max; decade *= 10) {
    sizes.push(...[1, 2, 5].map((step) => step * decade).filter((size) => size <= max));
  }
  return sizes;
}
