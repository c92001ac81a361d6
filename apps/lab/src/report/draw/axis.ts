import { scaleLinear, scaleLog } from 'd3-scale';
import type { Axis, Unit } from '../plot.js';

/** From a value to a place on the drawing, with the values that get a tick. */
export interface AxisScale {
  place(value: number): number;
  readonly ticks: readonly number[];
  /** Whether a value can be drawn at all: a logarithm takes none of 0 or less. */
  takes(value: number): boolean;
}

/** About how far ticks are apart, so that their numbers are. */
const apart = 50;

/** A scale over these values; one that must begin at nought does. */
export function axisScale(
  values: readonly number[],
  scale: Axis['scale'],
  range: readonly [number, number],
  fromNought: boolean,
): AxisScale {
  if (scale === 'percentile') return percentileScale(values, range);
  const drawn = values.filter((value) => Number.isFinite(value) && (scale === 'linear' || value > 0));
  const min = Math.min(...drawn);
  const max = Math.max(...drawn);
  if (scale === 'log') {
    const log = scaleLog(drawn.length === 0 ? [1, 10] : [min, Math.max(max, min * 1.1)], range).nice();
    return { place: log, ticks: logTicks(log.domain(), log.ticks(), range), takes: (value) => value > 0 };
  }
  const from = drawn.length === 0 || fromNought ? 0 : min;
  const to = drawn.length === 0 ? 1 : fromNought ? Math.max(0, max) : max;
  const linear = scaleLinear([from, to === from ? from + 1 : to], range);
  // What is below nought by noise, for nothing drawn here can be, stands at it.
  if (fromNought) linear.nice(4).clamp(true);
  return {
    place: linear,
    ticks: linear.ticks(Math.max(3, Math.round(Math.abs(range[1] - range[0]) / apart))),
    takes: Number.isFinite,
  };
}

const nines = [50, 90, 99, 99.9, 99.99];
const between = [75, 95, 98];

/** As HdrHistogram draws percentiles: by how rare what lies above is, on a logarithm. */
function percentileScale(values: readonly number[], range: readonly [number, number]): AxisScale {
  const rarity = (percent: number): number => 1 / (1 - percent / 100);
  const takes = (percent: number): boolean => percent >= 0 && percent < 100;
  const drawn = values.filter(takes);
  const [min, max] = drawn.length === 0 ? [0, 99] : [Math.min(...drawn), Math.max(...drawn)];
  const log = scaleLog([rarity(min), Math.max(rarity(max), 1.1 * rarity(min))], range);
  const place = (percent: number): number => log(rarity(percent));
  const some = rarity(max) > 100 * rarity(min) ? nines : [...nines, ...between].toSorted((one, other) => one - other);
  const ticks = some.filter((tick) => tick >= min && tick <= max);
  return { place, ticks, takes };
}

/** Powers of ten; where they are few and far apart, with their double and their half between them. */
function logTicks(domain: readonly number[], ticks: readonly number[], range: readonly [number, number]): number[] {
  const decades = Math.log10((domain[1] ?? 10) / (domain[0] ?? 1));
  const mantissas = decades > 2 || Math.abs(range[1] - range[0]) / decades < 2 * apart ? [1] : [1, 2, 5];
  return ticks.filter((tick) => mantissas.includes(Math.round(tick / 10 ** Math.floor(Math.log10(tick) + 1e-9))));
}

const larger: Partial<Record<Unit, readonly (readonly [over: number, suffix: string])[]>> = {
  bytes: [[1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB'], [1, 'B']],
  ms: [[60_000, 'min'], [1_000, 's'], [1, 'ms']],
  µs: [[1e6, 's'], [1e3, 'ms'], [1, 'µs']],
}; // prettier-ignore

const asTheyAre: Partial<Record<Unit, string>> = { s: 's', percent: '%', cents: 'ct', perSecond: 'a second' };

/** The unit that values up to `most` are best written in: what to divide them by, and its sign. */
export function unitFor(unit: Unit, max: number): { readonly over: number; readonly suffix: string | undefined } {
  const [over, suffix] = larger[unit]?.find(([min]) => max >= 2 * min || min === 1) ?? [1, asTheyAre[unit]];
  return { over, suffix };
}

/** The ticks that a unit has: nothing that is counted comes in halves. */
export function ticksIn(unit: Unit, { ticks }: AxisScale): readonly number[] {
  const whole = ticks.filter(Number.isInteger);
  return unit === 'count' && whole.length > 1 ? whole : ticks;
}

/** A tick's number, short: 20k for 20,000. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${Number((value / 1e6).toFixed(2))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toFixed(1))}k`;
  return `${Number(value.toPrecision(4))}`;
}
