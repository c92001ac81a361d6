import { modeNames, type ModeName, modes } from '../bank/modes.js';
import { base64, costOf, type Cost } from './cost.js';
import type { Measured, MeasuredMode } from './measured.js';
import type { AdvisedWorkload } from './workload.js';

/** What may be spent at most. */
export interface Budget {
  readonly cores?: number;
  readonly memoryBytes?: number;
}

/** One mode weighed: what it costs, and why it is out, if it is. */
export interface Weighed {
  readonly cost: Cost;
  /** In words; undefined where the mode fits. */
  readonly unfit: string | undefined;
}

export interface Advice {
  /** Undefined where no mode fits. */
  readonly mode: ModeName | undefined;
  readonly weighed: readonly Weighed[];
}

/** Of the modes that lose no more than is tolerated and stay within the budget, the one that costs least. */
export function advise(measured: Measured, workload: AdvisedWorkload, budget: Budget = {}): Advice {
  const weighed = modeNames.flatMap((mode): Weighed[] => {
    const figures = measured.modes[mode];
    if (figures === undefined) return [];
    const cost = costOf(mode, measured, figures, workload);
    return [{ cost, unfit: tooHeavy(mode, figures, workload) ?? tooLossy(figures, workload) ?? tooDear(cost, budget) }];
  });
  const fit = weighed.filter(({ unfit }) => unfit === undefined).map(({ cost }) => cost);
  const [first, ...others] = fit;
  const cheapest = others.reduce(
    (best, one) => (best && one.coreEquivalents.value >= best.coreEquivalents.value ? best : one),
    first,
  );
  return { mode: cheapest?.mode, weighed };
}

/** Shares below this are a race at the moment of a kill, not a habit. */
const negligible = 0.005;

function tooLossy(figures: MeasuredMode, { lossTolerance }: AdvisedWorkload): string | undefined {
  const { lostAnyway, lostInRollout, lostInCrash } = figures;
  if (lostAnyway.value > negligible) return 'loses sessions although nothing happens';
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

function tooDear({ pods, podMemoryBytes, redisMemoryBytes }: Cost, { cores, memoryBytes }: Budget): string | undefined {
  const takesCores = pods.count * pods.cores;
  if (cores !== undefined && takesCores > cores) return `takes ${takesCores} cores`;
  const bytes = podMemoryBytes.value + redisMemoryBytes.value;
  if (memoryBytes !== undefined && bytes > memoryBytes) return `takes ${Math.ceil(bytes / 2 ** 20)} MiB of memory`;
  return undefined;
}
