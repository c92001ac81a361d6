import { modeNames, type ModeName, modes } from '../bank/modes.js';
import { base64, costRangeOf, type Cost, type CostRange } from './cost.js';
import { pastLimits } from './limits.js';
import type { Measured, MeasuredMode } from './measured.js';
import type { Budget } from './pods.js';
import type { AdvisedWorkload } from './workload.js';

/** One mode weighed: what it costs, and why it is out, if it is. */
export interface Weighed extends CostRange {
  /** In words; undefined where the mode fits. */
  readonly unfit: string | undefined;
}

export interface Advice {
  /** Undefined where no mode fits. */
  readonly mode: ModeName | undefined;
  /** Others that fit and cost the same within the error. */
  readonly tied: readonly { readonly mode: ModeName; readonly losesMore: boolean }[];
  readonly weighed: readonly Weighed[];
}

/**
 * Of the modes that lose no more than is tolerated and stay within the budget, the one that costs least; of those whose
 * costs nobody can tell apart within the error, the one that loses least.
 */
export function advise(measured: Measured, workload: AdvisedWorkload, budget: Budget = {}): Advice {
  const weighed = modeNames.flatMap((mode) => weigh(mode, measured, workload, budget) ?? []);
  const fit = weighed.filter(({ unfit }) => unfit === undefined);
  const [cheapest] = fit.toSorted(byPrice);
  const tied = fit.filter(({ cost }) => cost.coreEquivalents.value <= cheapest!.high.coreEquivalents.value);
  const [chosen, ...others] = tied.toSorted((one, other) => lossOf(one) - lossOf(other) || byPrice(one, other));
  return {
    mode: chosen?.cost.mode,
    tied: others.map((one) => ({ mode: one.cost.mode, losesMore: lossOf(one) > lossOf(chosen!) })),
    weighed,
  };
}

/** Undefined where the report did not measure the mode. */
export function weigh(
  mode: ModeName,
  measured: Measured,
  workload: AdvisedWorkload,
  budget: Budget,
): Weighed | undefined {
  const figures = measured.modes[mode];
  if (figures === undefined) return undefined;
  const range = costRangeOf(mode, measured, figures, workload, budget);
  return { ...range, unfit: whyUnfit(range.cost, figures, workload, budget) };
}

const byPrice = (one: Weighed, other: Weighed): number =>
  one.cost.coreEquivalents.value - other.cost.coreEquivalents.value;

/** Sessions lost by a pod that dies and a rollout, one of each. */
const lossOf = ({ cost }: Weighed): number => cost.lostInCrash.value + cost.lostInRollout.value;

/** Why a mode is out, in words that go on from its name and "it". */
export function whyUnfit(
  cost: Cost,
  figures: MeasuredMode,
  workload: AdvisedWorkload,
  budget: Budget,
): string | undefined {
  return (
    tooHeavy(cost.mode, figures, workload) ?? tooLossy(figures, workload) ?? impossible(cost) ?? tooDear(cost, budget)
  );
}

/** Shares below this are a race at the moment of a kill, not a habit. */
const negligible = 0.005;

function tooLossy(figures: MeasuredMode, { lossTolerance }: AdvisedWorkload): string | undefined {
  const { lostAnyway, lostInRollout, lostInCrash } = figures;
  if (lostAnyway.value > negligible) return 'lost sessions although nothing happened';
  if (lossTolerance === 'any') return undefined;
  if (lostInRollout.value > negligible) return 'loses sessions whenever pods are replaced';
  if (lossTolerance === 'minutes') return undefined;
  return lostInCrash.value > negligible ? 'loses the sessions of a pod that dies' : undefined;
}

/** Node reads no longer header than this, names and values of all together (https://nodejs.org/api/cli.html#--max-http-header-sizesize). */
const headerLimitBytes = 16_384;

function tooHeavy(
  mode: ModeName,
  { headerBytes }: MeasuredMode,
  { sessionBytes }: AdvisedWorkload,
): string | undefined {
  if (modes[mode].store !== 'none' || headerBytes.value + sessionBytes * base64 <= headerLimitBytes) return undefined;
  return 'cannot carry so much: a request’s header takes 16 KiB';
}

function impossible(cost: Cost): string | undefined {
  if (!Number.isFinite(cost.pods.count)) return 'uses up its pods although nobody asks';
  const [past] = pastLimits(cost).filter(({ several }) => !several);
  return past && `is impossible with one ${past.one}`;
}

function tooDear({ pods, podMemoryBytes, redisMemoryBytes }: Cost, { cores, memoryBytes }: Budget): string | undefined {
  const takesCores = Number((pods.count * pods.cores).toFixed(2));
  const each = `${pods.count} pods of ${coresText(pods.cores)} and ${pods.memoryBytes / 2 ** 20} MiB`;
  if (cores !== undefined && takesCores > cores)
    return `takes at least ${coresText(takesCores)} (${each}), and the budget is ${cores}`;
  const [takes, of] = [podMemoryBytes.value + redisMemoryBytes.value, memoryBytes ?? Infinity].map((bytes) =>
    Math.ceil(bytes / 2 ** 20),
  );
  return takes! > of! ? `takes at least ${takes} MiB of memory (${each}), and the budget is ${of}` : undefined;
}

export const coresText = (cores: number): string => `${cores} ${cores === 1 ? 'core' : 'cores'}`;
