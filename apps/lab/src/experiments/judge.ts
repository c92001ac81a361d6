import type { Claim, FiguresByMode, Verdict } from './experiment.js';

/** Share of the resamples that must rule as the figures do; with less, noise decides. */
const sureEnough = 0.95;

/**
 * Applies a claim's rule to the figures, and to those of each resample of the rounds. What most of these do not rule,
 * too, nobody can tell.
 * @param resampled none when there was one round, of which nobody knows how sure it is
 */
export function judge<Key extends string>(
  rule: Claim<Key>['rule'],
  figures: FiguresByMode<Key>,
  resampled: readonly FiguresByMode<Key>[],
): Verdict {
  const verdict = rule(figures);
  if (resampled.length === 0) return verdict;
  const shares = sharesOf(resampled.map((one) => rule(one).ruling));
  const sure = shares.get(verdict.ruling) ?? 0;
  if (sure >= sureEnough || verdict.ruling === 'cannot tell here') return { ...verdict, sure };
  const told = [...shares].map(([ruling, share]) => `${(100 * share).toFixed(0)} % "${ruling}"`).join(', ');
  return {
    ruling: 'cannot tell here',
    because: `the rounds disagree: of their resamples rule ${told}. By the figures over all rounds: ${verdict.because}`,
    sure,
  };
}

function sharesOf(rulings: readonly Verdict['ruling'][]): Map<Verdict['ruling'], number> {
  const counts = new Map<Verdict['ruling'], number>();
  for (const ruling of rulings) counts.set(ruling, (counts.get(ruling) ?? 0) + 1);
  return new Map([...counts].map(([ruling, count]) => [ruling, count / rulings.length]));
}
