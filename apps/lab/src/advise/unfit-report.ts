import type { Scorecard } from '../report/scorecard.js';
import { faultsIn } from '../report/summary.js';

/** A report cannot carry an advice; the message says why, and what to run. */
export class UnfitReport extends Error {
  override readonly name = 'UnfitReport';
}

/** The experiments that an advice is made from. */
export const needed = ['redundancy', 'memory', 'amnesia', 'rolling-update', 'advise'] as const;

/**
 * Refuses what no advice may go by, as figures of it are not known to be near the truth.
 * @throws UnfitReport
 */
export function refuseUnfit({ sections, settings }: Scorecard): void {
  const used = sections.filter(({ name }) => needed.includes(name as (typeof needed)[number]));
  const lacking = needed.filter((name) => !used.some((one) => one.name === name && !one.fault));
  const [fault] = faultsIn({ sections: used });
  const broken = used.flatMap(({ claims }) => claims).find(isBrokenForecast);
  const why = settings.quick
    ? 'It is of a quick run: one short round, and nobody knows how far its figures are off.'
    : lacking.length > 0
      ? `It has no ${lacking.join(', ')}.`
      : fault !== undefined
        ? `It is not to be trusted: ${fault.join(': ')}`
        : broken && `Its forecasts did not come true (claim ${broken.number} does not hold): ${broken.verdict.because}`;
  if (why !== undefined) throw new UnfitReport(withCommand(why, settings.platform));
}

/** The claim that a report's forecasts come true. */
export const forecastClaim = 11;

function isBrokenForecast({ number, verdict }: Scorecard['sections'][number]['claims'][number]): boolean {
  return number === forecastClaim && verdict.ruling === 'does not hold';
}

/** Why a report carries no advice, and the command that makes one which may. */
export function withCommand(why: string, platform: string): string {
  const on = platform === 'local' ? '' : ` --platform ${platform}`;
  return `This report carries no advice. ${why}\nTo have one that may:\n  npm run lab -- run ${needed.join(' ')}${on} --report FOLDER`;
}
