import { hottestLoad, type Answered } from '../by-pod.js';

/** Long enough that chance does not make a pod hot. */
export const windowMs = 10_000;
const stepMs = 1_000;

/** The hottest pod's load as percent of the average in windows that end each second, `[window's end in ms after from, percent]`. */
export function hottestOverTime(
  answered: readonly Answered[],
  pods: readonly string[],
  from: number,
  to: number,
): [number, number | null][] {
  const windows: [number, number | null][] = [];
  for (let end = from + windowMs; end <= to; end += stepMs) {
    const within = answered.filter(({ endedAt }) => endedAt > end - windowMs && endedAt <= end);
    windows.push([end - from, hottestLoad(within, pods)]);
  }
  return windows;
}

/**
 * When the load became even: at the end of the first window in which it was, if it stayed so for as long again; at once (0)
 * if that is the first of all, null if there is none.
 */
export function evenAfter(windows: readonly (readonly [number, number | null])[], percent: number): number | null {
  const isEven = ([, hottest]: readonly [number, number | null]): boolean => hottest !== null && hottest <= percent;
  const asLong = windowMs / stepMs;
  const first = windows.findIndex(
    (_, index) => index + asLong <= windows.length && windows.slice(index, index + asLong).every(isEven),
  );
  if (first <= 0) return first === 0 ? 0 : null;
  return windows[first]![0];
}
