import { seeded } from '../load/random.js';
import { modeNames } from '../modes.js';
import type { Section } from '../report/scorecard.js';
import { resamples } from './bootstrap.js';
import { combine } from './combine.js';
import { estimate } from './estimate.js';
import type { Experiment, FiguresByMode } from './experiment.js';
import { judge } from './judge.js';

const resampleCount = 1_000;
/** A stream of the seed for the bootstrap alone. */
const bootstrap = 3_000_000;

/** What the rounds of an experiment come to: each figure over all of them, each claim's verdict, and plots. */
export function conclude(
  { kinds, claims, plots }: Pick<Experiment, 'kinds' | 'claims' | 'plots'>,
  rounds: readonly FiguresByMode[],
  seed: number,
): Pick<Section, 'figures' | 'claims' | 'plots'> {
  const drawn = rounds.length < 2 ? [] : resamples(rounds, resampleCount, seeded(seed, bootstrap));
  const resampled = drawn.map((some) => combine(kinds, some));
  const figures = combine(kinds, rounds);
  const estimates = estimate(kinds, rounds, resampled);
  const modes = modeNames.filter((mode) => figures[mode] !== undefined);
  return {
    figures: estimates,
    claims: claims.map(({ number, sentence, decidedBy, rule }) => ({
      number,
      sentence,
      decidedBy,
      verdict: judge(rule, figures, resampled),
    })),
    plots: plots?.({ modes, estimates }) ?? [],
  };
}
