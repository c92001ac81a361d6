import { causeInWords } from '../losses/loss-causes.js';
import { wrap } from '../report/format.js';
import type { FaultsFound } from './run-faults.js';

const width = 80;

/**
 * What a run found, in lines of at most 80 columns.
 * @param flags with which it ran, beside its seed and length
 */
export function faultTable(found: FaultsFound, seed: number, flags: readonly string[] = []): string[] {
  const row = (kind: string, ...figures: (string | number)[]) =>
    kind.padEnd(20) + figures.map((figure) => String(figure).padStart(15)).join('');
  const lost = found.losses.filter(({ sessions }) => sessions > 0);
  return [
    row('fault', 'times', 'failed', 'sessions lost', 'recovery'),
    ...found.tallies.map(({ kind, times, requestsFailed, sessionsLost, longestRecoveryMs }) =>
      row(kind, times, requestsFailed, sessionsLost, `${(longestRecoveryMs / 1_000).toFixed(1)} s`),
    ),
    '',
    ...wrap(
      'failed: requests of virtual users without an answer, or with a 5xx, until the bank was well again; ' +
        'sessions lost: but for those of unpinned that a request to the other pod missed; ' +
        'recovery: the longest time until every pod was ready and every mode served.',
      width,
    ),
    ...wrap(
      `Sessions lost by cause: ${lost.map((loss) => `${loss.mode} ${loss.sessions} (${causeInWords(loss.cause)})`).join(', ') || 'none'}.`,
      width,
    ),
    ...wrap(
      `Seed ${seed}: ${found.faults} faults, ${found.requests} requests, ${found.transfers} transfers; sessions went on in another pod ${found.moved} times. ` +
        (found.violation === undefined ? 'No promise was broken.' : ''),
      width,
    ),
    ...(found.lateByMachine === 0
      ? []
      : wrap(
          `${found.lateByMachine} requests were not answered in time while the machine was full, which tells nothing of the bank: a quieter one would tell more.`,
          width,
        )),
    ...(found.violation === undefined ? [] : violationLines(found.violation, seed, flags)),
  ];
}

function violationLines(
  { fault, kind, sentence }: NonNullable<FaultsFound['violation']>,
  seed: number,
  flags: readonly string[],
): string[] {
  return [
    '',
    `BROKEN after fault ${fault} (${kind}):`,
    ...sentence.split('\n').flatMap((line) => wrap(line, width)),
    `To see it again: ${['npm run faults -- --seed', seed, '--faults', fault, ...flags].join(' ')}`,
  ];
}
