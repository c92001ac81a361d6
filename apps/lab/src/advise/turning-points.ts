import type { ModeName } from '../bank/modes.js';
import { advise, weigh, whyUnfit } from './advice.js';
import type { Measured } from './measured.js';
import type { Budget } from './pods.js';
import { lossTolerances, ranges, type LossTolerance, type Quantity, type AdvisedWorkload } from './workload.js';

/** Where, for one input and all others as they are, another mode is advised. */
export interface TurningPoint {
  readonly input: keyof AdvisedWorkload;
  readonly direction: 'above' | 'below' | 'with';
  /** Undefined where no mode fits any more. */
  readonly mode: ModeName | undefined;
  /** The value, or two between which it is; undefined where it lies within the error. */
  readonly at: LossTolerance | readonly [near: number, far: number] | undefined;
}

const steps = 200;
/** Two values this close are one to a reader. */
const precision = 0.005;

type Direction = 'above' | 'below';

/** The nearest values of each input, up and down, at which the advice changes; none where it stays to the end of the range. */
export function turningPoints(measured: Measured, workload: AdvisedWorkload, budget: Budget = {}): TurningPoint[] {
  const modeAt = (change: Partial<AdvisedWorkload>): ModeName | undefined =>
    advise(measured, { ...workload, ...change }, budget).mode;
  const now = modeAt({});
  const quantities = (Object.keys(ranges) as Quantity[]).flatMap((input) =>
    (['below', 'above'] as const).flatMap((direction): TurningPoint[] => {
      const change = nearestChange(input, workload[input], direction, (value) => modeAt({ [input]: value }) !== now);
      if (change === undefined) return [];
      const mode = modeAt({ [input]: change.at });
      return [{ input, direction, mode, at: span(input, direction, change, [now, mode]) }];
    }),
  );
  const tolerances = lossTolerances.flatMap((at): TurningPoint[] => {
    const mode = modeAt({ lossTolerance: at });
    return mode === now ? [] : [{ input: 'lossTolerance', at, direction: 'with', mode }];
  });
  return [...quantities, ...tolerances];

  /** Where a mode comes to fit, or fits no more. A change of what costs less is decided by the error, so nobody can say where. */
  function span(
    input: Quantity,
    direction: Direction,
    { before, at }: AdviceChange,
    [from, to]: readonly (ModeName | undefined)[],
  ): readonly [number, number] | undefined {
    const fits = (mode: ModeName, value: number, bound: Bound = 'cost'): boolean => {
      const changed = { ...workload, [input]: value };
      const weighed = weigh(mode, measured, changed, budget)!;
      return whyUnfit(weighed[bound], measured.modes[mode]!, changed, budget) === undefined;
    };
    const turning = [from, to].find((mode) => mode !== undefined && fits(mode, before) !== fits(mode, at));
    if (turning === undefined) return undefined;
    const fitsNow = fits(turning, workload[input]);
    const found = (['low', 'high'] as const).map((bound) =>
      nearestChange(input, workload[input], direction, (value) => fits(turning, value, bound) !== fitsNow),
    );
    const values = found.flatMap((one) => one?.at ?? []);
    const already = (['low', 'high'] as const).some((bound) => fits(turning, workload[input], bound) !== fitsNow);
    if (values.length < found.length || already) return undefined;
    const [one, other] = values.toSorted((a, b) => Math.abs(a - workload[input]) - Math.abs(b - workload[input]));
    return [one!, other!];
  }
}

type Bound = 'low' | 'cost' | 'high';

interface AdviceChange {
  readonly before: number;
  readonly at: number;
}

/** The value nearest to `from` in a direction where something has changed; undefined where it nowhere has. */
function nearestChange(
  input: Quantity,
  from: number,
  direction: Direction,
  changed: (value: number) => boolean,
): AdviceChange | undefined {
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
  if (!whole) return { before: same, at: other };
  return { before: same, at: direction === 'above' ? Math.ceil(other) : Math.floor(other) };
}

const unscaled = (value: number): number => Math.log1p(value);
const scaleOf = (value: number): number => Math.expm1(value);
