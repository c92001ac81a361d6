import { seeded } from '../load/random.js';
import type { Plot } from '../report/plot.js';
import type { Section } from '../report/scorecard.js';
import { estimate, combine, resamples } from './estimate.js';
import type { EstimatesBy, FigureKind, FiguresBy } from './figures.js';
import { judge, type Verdict } from './verdict.js';

/** A sentence that may prove false, and the rule that judges it by figures alone. */
export interface ClaimBy<Mode extends string, Key extends string> {
  readonly number: number;
  readonly sentence: string;
  /** The figures that the rule goes by, the most telling one first: what a scorecard shows beside the verdict. */
  readonly decidedBy: readonly Key[];
  readonly rule: (figures: FiguresBy<Mode, Key>) => Verdict;
  /** Whether these differ from round to round, so that a single round refutes nothing. */
  readonly isNoisy?: boolean;
}

/** What all rounds found. */
export interface FoundBy<Mode extends string, Key extends string> {
  /** In the order that was given. */
  readonly modes: readonly Mode[];
  readonly estimates: EstimatesBy<Mode, Key>;
}

/** What is measured in rounds, and what is made of it. */
export interface MeasuredBy<Mode extends string, Key extends string> {
  readonly kinds: Readonly<Record<Key, FigureKind>>;
  readonly claims: readonly ClaimBy<Mode, Key>[];
  /** Plots over what all rounds found; pure. */
  plots?(found: FoundBy<Mode, Key>): Plot[];
}

const resampleCount = 1_000;
/** A stream of the seed for the bootstrap alone. */
const bootstrap = 3_000_000;

/**
 * What rounds come to: each figure over all of them, each claim's verdict, and plots.
 * @param order of the modes, whatever the order in which they were measured
 */
export function conclude<Mode extends string, Key extends string>(
  measured: MeasuredBy<Mode, Key>,
  found: readonly FiguresBy<Mode, Key>[],
  seed: number,
  order: readonly Mode[],
): Pick<Section, 'claims' | 'plots'> & { readonly figures: EstimatesBy<Mode, Key> } {
  const { kinds, claims } = measured;
  const rounds = found.map((round) => inOrder(round, order));
  const drawn = rounds.length < 2 ? [] : resamples(rounds, resampleCount, seeded(seed, bootstrap));
  const resampled = drawn.map((some) => combine(kinds, some));
  const figures = combine(kinds, rounds);
  const estimates = estimate(kinds, rounds, resampled);
  const modes = order.filter((mode) => figures[mode] !== undefined);
  return {
    figures: estimates,
    claims: claims.map(({ number, sentence, decidedBy, rule, isNoisy }) => ({
      number,
      sentence,
      decidedBy,
      verdict: judge(rule, figures, resampled, isNoisy),
    })),
    plots: measured.plots?.({ modes, estimates }) ?? [],
  };
}

function inOrder<Mode extends string, Key extends string>(
  round: FiguresBy<Mode, Key>,
  order: readonly Mode[],
): FiguresBy<Mode, Key> {
  const entries = order.flatMap((mode) => (round[mode] === undefined ? [] : [[mode, round[mode]]]));
  return Object.fromEntries(entries) as FiguresBy<Mode, Key>;
}
