/** A straight line through points, and how sure its slope is. */
export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  /** The slope's standard error; null with fewer than three points. */
  readonly slopeError: number | null;
}

/**
 * Ordinary least squares, y = intercept + slope x.
 * @returns undefined with fewer than two different x
 */
export function fitLine(points: readonly (readonly [number, number])[]): LineFit | undefined {
  const count = points.length;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / count;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const spreadX = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (count < 2 || spreadX === 0) return undefined;
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spreadX;
  const intercept = meanY - slope * meanX;
  const residuals = points.reduce((sum, [x, y]) => sum + (y - intercept - slope * x) ** 2, 0);
  return { slope, intercept, slopeError: count < 3 ? null : Math.sqrt(residuals / (count - 2) / spreadX) };
}
