import { seeded } from '../load/random.js';
import { modeNames } from '../bank/modes.js';
import type { Section } from '../report/scorecard.js';
import type { Experiment, FiguresByMode } from './experiment.js';
import { estimate, combine, resamples } from '../statistics/estimate.js';
import { judge } from '../statistics/verdict.js';

const resampleCount = 1_000;
/** A stream of the seed for the bootstrap alone. */
const bootstrap = 3_000_000;

/** What the rounds of an experiment come to: each figure over all of them, each claim's verdict, and plots. */
export function conclude(
  { kinds, claims, plots }: Pick<Experiment, 'kinds' | 'claims' | 'plots'>,
  found: readonly FiguresByMode[],
  seed: number,
): Pick<Section, 'figures' | 'claims' | 'plots'> {
  const rounds = found.map(inOrder);
  const drawn = rounds.length < 2 ? [] : resamples(rounds, resampleCount, seeded(seed, bootstrap));
  const resampled = drawn.map((some) => combine(kinds, some));
  const figures = combine(kinds, rounds);
  const estimates = estimate(kinds, rounds, resampled);
  const modes = modeNames.filter((mode) => figures[mode] !== undefined);
  return {
    figures: estimates,
    claims: claims.map(({ number, sentence, decidedBy, rule, isNoisy }) => ({
      number,
      sentence,
      decidedBy,
      verdict: judge(rule, figures, resampled, isNoisy),
    })),
    plots: plots?.({ modes, estimates }) ?? [],
  };
}

/** In the order of the design, whatever the order in which they were measured. */
function inOrder(round: FiguresByMode): FiguresByMode {
  return Object.fromEntries(modeNames.flatMap((mode) => (round[mode] === undefined ? [] : [[mode, round[mode]]])));
}
