import type { JudgedClaim, Scorecard } from '../scorecard.js';

/** A claim that two runs judge differently, with the rounds that each judgement stands on. */
export interface VerdictChange {
  readonly experiment: string;
  readonly number: number;
  readonly sentence: string;
  readonly before: JudgedClaim['verdict'];
  readonly after: JudgedClaim['verdict'];
  readonly rounds: readonly [before: number, after: number];
}

/** The claims whose ruling is another one now, in the order of the lesson. */
export function compareVerdicts(one: Scorecard, other: Scorecard): VerdictChange[] {
  return one.sections
    .flatMap((section) => {
      const same = other.sections.find(({ name }) => name === section.name);
      return section.claims.flatMap(({ number, sentence, verdict }) => {
        const after = same?.claims.find((claim) => claim.number === number)?.verdict;
        if (same === undefined || after === undefined || after.ruling === verdict.ruling) return [];
        const rounds = [section.rounds, same.rounds] as const;
        return [{ experiment: section.name, number, sentence, before: verdict, after, rounds }];
      });
    })
    .toSorted((a, b) => a.number - b.number);
}
