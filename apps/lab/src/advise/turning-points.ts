import type { ModeName } from '../bank/modes.js';
import { advise, type Budget } from './advice.js';
import type { Measured } from './measured.js';
import { lossTolerances, ranges, type LossTolerance, type Quantity, type AdvisedWorkload } from './workload.js';

/** A value of one input at which, all others as they are, another mode is advised. */
export interface TurningPoint {
  readonly input: keyof AdvisedWorkload;
  readonly at: number | LossTolerance;
  readonly direction: 'above' | 'below' | 'with';
  /** Undefined where no mode fits any more. */
  readonly mode: ModeName | undefined;
}

const steps = 200;
/** Two values this close are one to a reader. */
const precision = 0.005;

/** The nearest values of each input, up and down, at which the advice changes; none where it stays to the end of the range. */
export function turningPoints(measured: Measured, workload: AdvisedWorkload, budget: Budget = {}): TurningPoint[] {
  const modeAt = (change: Partial<AdvisedWorkload>): ModeName | undefined =>
    advise(measured, { ...workload, ...change }, budget).mode;
  const now = modeAt({});
  const quantities = (Object.keys(ranges) as Quantity[]).flatMap((input) =>
    (['below', 'above'] as const).flatMap((direction): TurningPoint[] => {
      const at = nearestChange(input, workload[input], direction, (value) => modeAt({ [input]: value }) !== now);
      return at === undefined ? [] : [{ input, at, direction, mode: modeAt({ [input]: at }) }];
    }),
  );
  const tolerances = lossTolerances.flatMap((at): TurningPoint[] => {
    const mode = modeAt({ lossTolerance: at });
    return mode === now ? [] : [{ input: 'lossTolerance', at, direction: 'with', mode }];
  });
  return [...quantities, ...tolerances];
}

/** The value nearest to `from` in a direction where something has changed; undefined where it nowhere has. */
function nearestChange(
  input: Quantity,
  from: number,
  direction: 'above' | 'below',
  changed: (value: number) => boolean,
): number | undefined {
  const { min, max, whole } = ranges[input];
  const end = direction === 'above' ? max : min;
  // Ever larger steps: what matters lies anywhere between ten users and ten million.
  const at = (step: number): number => scaleOf(unscaled(from) + ((unscaled(end) - unscaled(from)) * step) / steps);
  const found = Array.from({ length: steps }, (_, index) => index + 1).find((step) => changed(at(step)));
  if (found === undefined) return undefined;
  let [same, other] = [found === 1 ? from : at(found - 1), at(found)];
  while (Math.abs(other - same) > precision * Math.max(1, Math.abs(other))) {
    const middle = (same + other) / 2;
    if (changed(middle)) other = middle;
    else same = middle;
  }
  if (!whole) return other;
  return direction === 'above' ? Math.ceil(other) : Math.floor(other);
}

const unscaled = (value: number): number => Math.log1p(value);
const scaleOf = (value: number): number => Math.expm1(value);
