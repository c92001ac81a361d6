export interface Verdict {
  readonly ruling: 'holds' | 'does not hold' | 'cannot tell here';
  /** The figures that decided it, in a sentence. */
  readonly because: string;
  /**
   * Share (0 to 1) of the resamples of the rounds in which the rule says what it says of the figures; below 0.95 the
   * ruling is `cannot tell here`. Undefined when there was one round.
   */
  readonly agreement?: number;
}

export const holds = (because: string): Verdict => ({ ruling: 'holds', because });
export const fails = (because: string): Verdict => ({ ruling: 'does not hold', because });
export const cannotTell = (because: string): Verdict => ({ ruling: 'cannot tell here', because });

/** Share of the resamples that must rule as the figures do; with less, noise decides. */
const agreesEnough = 0.95;

/**
 * Applies a claim's rule to the figures, and to those of each resample of the rounds. What most of these do not rule,
 * too, nobody can tell.
 * @param resampled none when there was one round, of which nobody knows how sure it is
 * @param isNoisy whether what the rule goes by differs from round to round, so that one alone refutes nothing
 */
export function judge<AllFigures>(
  rule: (figures: AllFigures) => Verdict,
  figures: AllFigures,
  resampled: readonly AllFigures[],
  isNoisy = false,
): Verdict {
  const verdict = rule(figures);
  if (resampled.length === 0) {
    const isRefuted = isNoisy && verdict.ruling === 'does not hold';
    return isRefuted ? cannotTell(`one round alone cannot refute it: ${verdict.because}`) : verdict;
  }
  const shares = sharesOf(resampled.map((one) => rule(one).ruling));
  const agreement = shares.get(verdict.ruling) ?? 0;
  if (agreement >= agreesEnough || verdict.ruling === 'cannot tell here') return { ...verdict, agreement };
  const reported = [...shares]
    .toSorted(([, one], [, other]) => other - one)
    .map(([ruling, share]) => `${(100 * share).toFixed(0)} % say "${ruling}"`)
    .join(', ');
  return {
    ruling: 'cannot tell here',
    because: `the rounds disagree: of ${resampled.length} draws from them ${reported}, and 95 % would have to say the same. Over all rounds: ${verdict.because}`,
    agreement,
  };
}

function sharesOf(rulings: readonly Verdict['ruling'][]): Map<Verdict['ruling'], number> {
  const counts = new Map<Verdict['ruling'], number>();
  for (const ruling of rulings) counts.set(ruling, (counts.get(ruling) ?? 0) + 1);
  return new Map([...counts].map(([ruling, count]) => [ruling, count / rulings.length]));
}
