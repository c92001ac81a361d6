/** One step of a load that rises: what was offered, and how long half of it took at most. */
export interface LoadStep {
  readonly perSecond: number;
  /** Infinity when not everything was answered. */
  readonly medianMs: number;
  /** Percent of the whole machine's CPU that was used meanwhile. */
  readonly machine: number;
}

/** A rise up to the saturation point and past it. */
export interface Climb {
  readonly steps: readonly LoadStep[];
  /** Requests a second. */
  readonly saturationPoint: number;
}

/** The last step of which half of the answers came within the bound; undefined when none did. */
export function lastBorne(steps: readonly LoadStep[], boundMs: number): LoadStep | undefined {
  return steps.findLast(({ medianMs }) => medianMs <= boundMs);
}

/**
 * The highest rate that is still borne: where the latency comes to the bound for good, between two steps by a straight
 * line. The rate of the last step when it never does, null when it is past it from the first one on.
 */
export function saturationPointOf(steps: readonly LoadStep[], boundMs: number): number | null {
  const before = lastBorne(steps, boundMs);
  if (before === undefined) return null;
  const after = steps[steps.indexOf(before) + 1];
  if (after === undefined || !Number.isFinite(after.medianMs)) return before.perSecond;
  const share = (boundMs - before.medianMs) / (after.medianMs - before.medianMs);
  return before.perSecond + share * (after.perSecond - before.perSecond);
}
