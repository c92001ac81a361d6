import { isSound, lossInWords, moneyIn, type JudgedClaim, type Scorecard, type Section } from './scorecard.js';

/** A claim with the experiment that judged it. */
export interface Judged {
  readonly section: Section;
  readonly claim: JudgedClaim;
}

/** Every claim that was judged, in the order of the lesson. */
export function judgedClaims({ sections }: Pick<Scorecard, 'sections'>): Judged[] {
  return sections
    .flatMap((section) => section.claims.map((claim) => ({ section, claim })))
    .toSorted((one, other) => one.claim.number - other.claim.number);
}

/** How many claims hold, do not, or stay open. */
export function tally(scorecard: Pick<Scorecard, 'sections'>): string {
  const rulings = judgedClaims(scorecard).map(({ claim }) => claim.verdict.ruling);
  if (rulings.length === 0) return 'No claim was judged.';
  const count = (ruling: string): number => rulings.filter((one) => one === ruling).length;
  const judged = rulings.length === 1 ? 'One claim' : `${rulings.length} claims`;
  return `${judged} put to the test. Holds: ${count('holds')}. Does not hold: ${count('does not hold')}. Cannot tell here: ${count('cannot tell here')}.`;
}

/** What ran, where and when, in a sentence. */
export function runLine({ settings, versions, startedAt }: Omit<Scorecard, 'sections'>): string {
  const { platform, rounds, quick, seed } = settings;
  const where = platform === 'local' ? 'on one machine' : 'on Kubernetes';
  const size = quick ? 'one quick round' : rounds === 1 ? 'one round' : `${rounds} rounds`;
  return `Tellers ${versions.tellers} ${where}, ${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${size}, seed ${seed}.`;
}

/** Why a run is not to be trusted: the experiments that are not sound, each with what is amiss. */
export function faultsIn({ sections }: Pick<Scorecard, 'sections'>): (readonly [experiment: string, what: string])[] {
  return sections
    .filter((section) => !isSound({ sections: [section] }))
    .map((section) => [section.name, amiss(section)]);
}

function amiss(section: Section): string {
  if (section.fault !== undefined) return section.fault;
  const unexplained = section.losses.filter(({ cause }) => cause === 'unexplained');
  const moneyIsRight = isSound({ sections: [{ ...section, losses: [] }] });
  return [...unexplained.map(lossInWords), ...(moneyIsRight ? [] : [moneyIn(section)])].join(' ');
}
