import { causeInWords } from '../losses/loss-causes.js';
import { isSound, modeOrder, type JudgedClaim, type Scorecard, type Section } from './scorecard.js';

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

/** The figures that a claim's rule goes by, as far as the section has them and they were measured; where none was, all. */
export function decidingFigures(section: Section, { decidedBy }: Pick<JudgedClaim, 'decidedBy'>): string[] {
  const known = decidedBy.filter((key) => section.kinds[key] !== undefined);
  const measured = known.filter((key) =>
    Object.values(section.figures).some((of) => (of[key]?.value ?? null) !== null),
  );
  return measured.length === 0 ? known : measured;
}

/** How much a verdict is worth, in a few words. */
export function agreementOf({ agreement }: JudgedClaim['verdict'], rounds: number): string {
  if (agreement === undefined) return 'one round';
  // Rounded down: 100 % are all of them.
  return `${rounds} rounds, ${Math.floor(Number((100 * agreement).toFixed(3)))} % of resamples`;
}

/** A verdict as it is to be said: its ruling, with what it stands on where that is one round alone, else how sure it is. */
export interface SaidVerdict {
  readonly ruling: string;
  /** Nothing says how sure it is; empty otherwise. */
  readonly onlyBy: string;
  readonly how: string;
}

export function sayVerdict(
  verdict: JudgedClaim['verdict'],
  rounds: number,
  { quick }: Pick<Scorecard['settings'], 'quick'>,
): SaidVerdict {
  const { ruling } = verdict;
  if (!isUnsure(verdict)) return { ruling, onlyBy: '', how: agreementOf(verdict, rounds) };
  const onlyBy = quick ? 'by one quick round' : 'by one round';
  return { ruling: `${ruling}, ${onlyBy}`, onlyBy, how: '' };
}

function isUnsure({ ruling, agreement }: JudgedClaim['verdict']): boolean {
  return agreement === undefined && ruling !== 'cannot tell here';
}

/** How many claims were judged, by how many verdicts, and how these came out: one may be judged by several experiments. */
export function tally(scorecard: Pick<Scorecard, 'sections'>): string {
  const judgedAll = judgedClaims(scorecard);
  const rulings = judgedAll.map(({ claim }) => claim.verdict.ruling);
  const claims = new Set(judgedAll.map(({ claim }) => claim.number)).size;
  if (rulings.length === 0) return 'No claim was judged.';
  const count = (ruling: string): number => rulings.filter((one) => one === ruling).length;
  const judged = claims === 1 ? 'One claim' : `${claims} claims`;
  const verdicts = rulings.length === claims ? '' : `, by ${rulings.length} verdicts`;
  const unsure = judgedAll.filter(({ claim }) => isUnsure(claim.verdict)).length;
  const caution = unsure === 0 ? '' : ` ${unsure} of these by one round, which does not say how sure that is.`;
  return `${judged} put to the test${verdicts}. Holds: ${count('holds')}. Does not hold: ${count('does not hold')}. Cannot tell here: ${count('cannot tell here')}.${caution}`;
}

/** What ran, where and when, in a sentence. */
export function runLine({ settings, versions, startedAt, examined }: Omit<Scorecard, 'sections'>): string {
  const { platform, rounds, quick, seed } = settings;
  const at = `${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const where = platform === 'local' ? 'on one machine' : 'on Kubernetes';
  const size = quick ? 'one quick round' : rounds === 1 ? 'one round' : `${rounds} rounds`;
  const what = examined === undefined ? where : `examined ${examined.name}`;
  return `Tellers ${versions.tellers} ${what}, ${at}, ${size}, seed ${seed}.`;
}

/** Why a run is not to be trusted: the experiments that are not sound, each with what is amiss. */
export function faultsIn({
  sections,
  examined,
}: Pick<Scorecard, 'sections' | 'examined'>): (readonly [experiment: string, what: string])[] {
  return sections
    .filter((section) => !isSound({ sections: [section], examined }))
    .map((section) => [section.name, amiss(section)]);
}

function amiss(section: Section): string {
  if (section.fault !== undefined) return section.fault;
  const unexplained = section.losses.filter(({ cause }) => cause === 'unexplained');
  const moneyIsRight = isSound({ sections: [{ ...section, losses: [] }] });
  return [...unexplained.map((row) => lossInWords(row, {})), ...(moneyIsRight ? [] : [moneyIn(section)])].join(' ');
}

/** What ran the compared service, in a word. */
export function runnerIn({ examined }: Pick<Scorecard, 'examined'>): 'pod' | 'replica' {
  return examined === undefined ? 'pod' : 'replica';
}

/** What was booked under one cause, in a sentence. */
export function lossInWords(
  { mode, cause, sessions, requests, example }: Section['losses'][number],
  scorecard: Pick<Scorecard, 'examined'>,
): string {
  const counted = [
    ...(sessions > 0 ? [`${sessions} ${sessions === 1 ? 'session' : 'sessions'} lost`] : []),
    ...(requests > 0 ? [`${requests} ${requests === 1 ? 'request' : 'requests'} failed`] : []),
  ].join(', ');
  return `${mode}: ${counted}, ${causeInWords(cause, runnerIn(scorecard))}${example === undefined ? '' : ` (first: ${example})`}.`;
}

/** What is to be said of the money, in one sentence; undefined of a service that has none of ours. */
export function moneySaid(section: Section, { examined }: Pick<Scorecard, 'examined'>): string | undefined {
  return examined === undefined ? moneyIn(section) : undefined;
}

function moneyIn({ audit, statements }: Pick<Section, 'audit' | 'statements'>): string {
  const ledger =
    audit === undefined
      ? 'the ledger could not be audited'
      : audit.clean
        ? `the audit of ${audit.accounts} accounts and ${audit.transfers} transfers is clean`
        : `the audit found a breach: ${audit.breach}`;
  if (statements === undefined) return `${ledger}.`;
  const { customers, transfers, unknown, faults } = statements;
  const found =
    faults.length === 0
      ? `${customers} customers found each of their ${transfers} transfers as they should be`
      : `${faults.length} faults in the statements, first: ${faults[0]?.replace(/\.$/, '')}`;
  return `${ledger}; ${found}${unknown > 0 ? ` (${unknown} of unknown outcome)` : ''}.`;
}

/** How much load a measurement took, to be put behind the machine; nothing of a service that was asked at a rate. */
export function loadIn({ settings, examined }: Pick<Scorecard, 'settings' | 'examined'>): string {
  return examined === undefined ? `; ${settings.customers} customers, ${settings.seconds} s a measurement` : '';
}

/** The question that the report answers. */
export function titleOf({ examined }: Pick<Scorecard, 'examined'>): string {
  if (examined === undefined) return 'Should this service keep its clients’ state?';
  return 'Is this service stateless, and what would scaling it lose?';
}

/** Who says what is judged. */
export function claimantOf({ examined }: Pick<Scorecard, 'examined'>): string {
  return examined === undefined ? 'The lesson says' : 'May prove false';
}

/** The command that runs the same again. */
export function reproduceCommand(scorecard: Pick<Scorecard, 'modes' | 'settings' | 'sections' | 'examined'>): string {
  const { settings, sections, examined } = scorecard;
  if (examined !== undefined) return examined.command;
  const { platform, modes, customers, seconds, seed, rounds, quick } = settings;
  return [
    'npm run lab -- run',
    ...sections.map(({ name }) => name),
    ...(platform === 'local' ? [] : [`--platform ${platform}`]),
    ...(modes.length === modeOrder(scorecard).length ? [] : [`--modes ${modes.join(',')}`]),
    `--customers ${customers} --seconds ${seconds} --seed ${seed}`,
    quick ? '--quick' : `--rounds ${rounds}`,
  ].join(' ');
}
