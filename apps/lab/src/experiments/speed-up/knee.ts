/** One step of a load that rises: what was offered, and how long those of it took that 90 % lie at or below. */
export interface Step {
  readonly perSecond: number;
  /** Infinity when not everything was answered. */
  readonly p90Ms: number;
}

/**
 * The highest rate that is still borne: where the latency comes to the bound for good, between two steps by a straight
 * line. The rate of the last step when it never does, null when it is past it from the first one on.
 */
export function kneeOf(steps: readonly Step[], boundMs: number): number | null {
  const past = steps.findLastIndex(({ p90Ms }) => p90Ms <= boundMs) + 1;
  const [before, after] = [steps[past - 1], steps[past]];
  if (before === undefined) return null;
  if (after === undefined || !Number.isFinite(after.p90Ms)) return before.perSecond;
  const share = (boundMs - before.p90Ms) / (after.p90Ms - before.p90Ms);
  return before.perSecond + share * (after.perSecond - before.perSecond);
}

/** The value that 90 % of these lie at or below; Infinity of none. */
export function p90(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.9) - 1] ?? Infinity;
}
