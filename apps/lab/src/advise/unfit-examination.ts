import { faultsIn } from '../report/summary.js';
import type { Examined, Scorecard, Section } from '../report/scorecard.js';
import type { ServiceMode } from '../examine/service-mode.js';
import { UnfitReport } from './unfit-report.js';

/** The questions whose figures stand in place of the bank's, or tell the mode. */
export const usedQuestions = [
  'client-carries',
  'affinity',
  'request-cost',
  'session-cost',
  'memory',
  'losses',
] as const;

/**
 * The mode that the examined service is in today.
 * @throws UnfitReport for an examination that no advice may go by
 */
export function modeOfFit(
  examined: Examined,
  { sections, settings }: Pick<Scorecard, 'sections' | 'settings'>,
): ServiceMode {
  const used = sections.filter(({ name }) => usedQuestions.some((one) => one === name));
  const [fault] = faultsIn({ sections: used, examined });
  if (fault !== undefined) throw unfit(`It is not to be trusted: ${fault.join(': ')}`, examined.command);
  const told = used.some(hasFigures) && examined.journey.length > 0;
  if (!told) throw unfit(`It found nothing of ${examined.name}.${because(used)}`, commandFor(settings.platform));
  if (examined.mode !== undefined) return examined.mode;
  const memory = used.filter(({ name }) => name === 'memory');
  const why = memory.length === 0 ? ' It did not ask where memory lies (memory).' : because(memory);
  throw unfit(`It could not tell which of the five modes ${examined.name} is in.${why}`, commandFor(settings.platform));
}

const hasFigures = ({ figures }: Section): boolean =>
  Object.values(figures).some((of) => Object.values(of).some(({ value }) => value !== null));

/** What the first verdict says that could not be told. */
function because(sections: readonly Section[]): string {
  const verdict = sections
    .flatMap(({ claims }) => claims)
    .map((claim) => claim.verdict)
    .find(({ ruling }) => ruling === 'cannot tell here');
  return verdict === undefined ? '' : ` ${verdict.because.charAt(0).toUpperCase()}${verdict.because.slice(1)}`;
}

function commandFor(platform: string): string {
  const where =
    platform === 'kubernetes'
      ? '--platform kubernetes --namespace NAMESPACE --workload deployment/NAME --port PORT'
      : "--command 'HOW IT IS STARTED' --replicas 2";
  return `npm run lab -- examine ${where} --journey FILE --allow-writes`;
}

function unfit(why: string, command: string): UnfitReport {
  return new UnfitReport(
    `This examination carries no advice. ${why}\nTo have one that may:\n  ${command} --report FOLDER`,
  );
}
